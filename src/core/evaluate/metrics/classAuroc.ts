/** Area under the ROC curve of each class against the rest: Fawcett 2006 (doi:10.1016/j.patrec.2005.10.010), section 9.2. */
import type { Metric, Weights } from './metric.ts';
import { byRanking, type Ranking } from './ranking.ts';
import { once, remembered } from './weights.ts';

export const areas = remembered(byRanking(areaOf));

export const classAuroc = {
  kind: 'class',
  label: 'AUROC',
  short: 'AUROC',
  description: 'How often a slice of the class gets a higher probability of it than a slice of another one.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'predictions',
  compute: once(areas),
  weighted: areas,
} as const satisfies Metric;

/**
 * Mann and Whitney's U over the number of pairs; pairs of equal probability count half. null if all slices are of the
 * class, or none.
 */
function areaOf({ order, ends, positive }: Ranking, weights: Weights): number | null {
  let positives = 0;
  let negatives = 0;
  let pairs = 0;
  let at = 0;
  for (const end of ends) {
    let of = 0;
    let others = 0;
    for (; at < end; at++) {
      const weight = weights[order[at]];
      if (positive[at]) of += weight;
      else others += weight;
    }
    pairs += of * (negatives + others / 2);
    positives += of;
    negatives += others;
  }
  return positives === 0 || negatives === 0 ? null : pairs / (positives * negatives);
}
