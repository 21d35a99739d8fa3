/** Image size and format alone: the classes of the training slices whose rows, columns, bits and format are most alike. */
import type { Baseline, HeaderFacts } from './baseline.ts';
import { BASELINE_META } from './meta.ts';
import { normalised } from './tag.ts';

/** Distances of different formats, and of different signs, in units of a doubled side. */
const FORMAT_DISTANCE = 4;
const SIGN_DISTANCE = 0.5;

export const HEADER: Baseline = {
  meta: BASELINE_META.header,
  sees: 'header',
  fit({ classes, label, weight }, facts) {
    const kinds = new Map<string, { facts: HeaderFacts; counts: Float64Array }>();
    facts.forEach((one, i) => {
      const key = keyOf(one);
      const kind = kinds.get(key) ?? { facts: one, counts: new Float64Array(classes) };
      kinds.set(key, kind);
      kind.counts[label[i]] += weight[i];
    });
    const known = new Map<string, Float64Array>();
    return (asked) => {
      const key = keyOf(asked);
      const found = known.get(key) ?? nearest(asked, [...kinds.values()], classes);
      known.set(key, found);
      return found;
    };
  },
};

function keyOf({ format, rows, columns, bits, signed }: HeaderFacts): string {
  return [format, rows, columns, bits, signed].join(' ');
}

/** Kinds of images that are equally near are taken together. */
function nearest(
  asked: HeaderFacts,
  kinds: readonly { facts: HeaderFacts; counts: Float64Array }[],
  classes: number,
): Float64Array {
  const distances = kinds.map(({ facts }) => distance(asked, facts));
  const least = Math.min(...distances);
  const counts = new Float64Array(classes);
  kinds.forEach((kind, at) => {
    if (distances[at] > least + 1e-9) return;
    for (let k = 0; k < classes; k++) counts[k] += kind.counts[k];
  });
  return normalised(counts);
}

function distance(a: HeaderFacts, b: HeaderFacts): number {
  return (
    Math.abs(Math.log2(a.rows / b.rows)) +
    Math.abs(Math.log2(a.columns / b.columns)) +
    Math.abs(a.bits - b.bits) / 4 +
    (a.signed === b.signed ? 0 : SIGN_DISTANCE) +
    (a.format === b.format ? 0 : FORMAT_DISTANCE)
  );
}
