/** Which slices of a series say what it is: not its localizers and captures, and none that the model does not know. */
import type { SliceVerdict } from './verdict.ts';

type Voter = Pick<SliceVerdict, 'imageType' | 'strangeness' | 'probabilities'>;

/** The slices that a model judged without localizers and captures, unless there are no others. */
export function mainSlices<Slice extends Voter>(slices: readonly Slice[]): Slice[] {
  const judged = slices.filter(({ probabilities }) => probabilities !== null);
  const main = judged.filter(({ imageType }) => imageType !== 'localizer' && imageType !== 'capture');
  return main.length > 0 ? main : judged;
}

/**
 * Of those, the ones that are not unknown. If all are, all: the series is then unknown itself.
 * @param threshold what is stranger is unknown; null: the model cannot tell
 */
export function voters<Slice extends Voter>(main: readonly Slice[], threshold: number | null): Slice[] {
  const known = main.filter(
    ({ strangeness }) => threshold === null || strangeness === null || strangeness <= threshold,
  );
  return known.length > 0 ? known : [...main];
}
