/** Which slices of a series stand for it: spread over it, and no scout or capture as long as there are others. */
import { spread } from '../spread.ts';
import type { SliceVerdict } from './verdict.ts';

export type Choosable = {
  slice: Pick<SliceVerdict, 'path' | 'frame' | 'instanceNumber' | 'imageType'>;
  /** Along the normal of its plane, in mm. */
  position: number | null;
};

/** At most so many. The same slices in another order give the same choice. */
export function chooseSlices<One extends Choosable>(slices: readonly One[], count: number): One[] {
  const main = slices.filter(
    ({ slice: { imageType } }) => imageType !== 'localizer' && imageType !== 'capture',
  );
  const aside = slices.filter((one) => !main.includes(one));
  const chosen = spreadOver(main, count);
  return [...chosen, ...spreadOver(aside, count - chosen.length)];
}

function spreadOver<One extends Choosable>(slices: readonly One[], count: number): One[] {
  const placed = slices.every(({ position }) => position !== null);
  const sorted = slices.toSorted(
    (a, b) =>
      (placed ? a.position! - b.position! : 0) ||
      (a.slice.instanceNumber ?? 0) - (b.slice.instanceNumber ?? 0) ||
      byName(a.slice.path, b.slice.path) ||
      a.slice.frame - b.slice.frame,
  );
  return spread(sorted.length, count).map((at) => sorted[at]);
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
