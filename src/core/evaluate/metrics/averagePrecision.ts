/** Average precision of each class against the rest: Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds, without interpolation. */
import type { Metric, Weights } from './metric.ts';
import { byRanking, type Ranking } from './ranking.ts';
import { once, remembered } from './weights.ts';

export const precisions = remembered(byRanking(precisionOf));

export const averagePrecision = {
  kind: 'class',
  label: 'Average precision',
  short: 'AP',
  description:
    'Mean of the precisions, over the slices of the class, where all at least as probable are taken for it.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'predictions',
  compute: once(precisions),
  weighted: precisions,
} as const satisfies Metric;

/** null if no slice is of the class. */
function precisionOf({ order, ends, positive }: Ranking, weights: Weights): number | null {
  let right = 0;
  let taken = 0;
  let sum = 0;
  for (let group = ends.length - 1; group >= 0; group--) {
    let of = 0;
    for (let at = group === 0 ? 0 : ends[group - 1]; at < ends[group]; at++) {
      const weight = weights[order[at]];
      taken += weight;
      if (positive[at]) of += weight;
    }
    right += of;
    if (of > 0) sum += (of * right) / taken;
  }
  return right === 0 ? null : sum / right;
}
