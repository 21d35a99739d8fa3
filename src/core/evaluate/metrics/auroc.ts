/** Area under the ROC curve, one class against the rest: Fawcett 2006 (doi:10.1016/j.patrec.2005.10.010), section 9.2. */
import { mean } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const auroc = {
  kind: 'overall',
  label: 'AUROC',
  short: 'AUROC',
  description:
    'How often a slice of a class gets a higher probability of it than a slice of another one: mean over the classes.',
  better: 'higher',
  format: 'percent',
  shown: ['headline', 'comparison'],
  from: 'predictions',
  compute: ({ classes, truth, probabilities }) =>
    mean(
      Array.from({ length: classes }, (_, k) => {
        const scores = Float32Array.from(truth, (_, i) => probabilities[i * classes + k]);
        return areaOf(
          scores,
          truth.map((label) => Number(label === k)),
        );
      }),
    ),
} as const satisfies Metric;

/**
 * Mann and Whitney's U over the number of pairs; slices of equal score share the mean of their ranks. null if all
 * slices are positive, or none.
 */
function areaOf(scores: Float32Array, positive: Uint8Array): number | null {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  let positives = 0;
  let ranks = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    let tied = 0;
    do tied += positive[order[to++]];
    while (to < order.length && scores[order[to]] === scores[order[from]]);
    positives += tied;
    // Ranks count from 1: those of from … to − 1 have this mean.
    ranks += (tied * (from + 1 + to)) / 2;
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
