/** Area under the ROC curve, one class against the rest, as the mean over the classes. */

import type { Predictions } from '../confusion.ts';
import { mean } from './arithmetic.ts';
import { areas } from './classAuroc.ts';
import type { Metric, Weights } from './metric.ts';
import { once } from './weights.ts';

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
  compute: once(weighted),
  weighted,
} as const satisfies Metric;

function weighted(predictions: Predictions) {
  const of = areas(predictions);
  return (weights: Weights) => mean(of(weights));
}
