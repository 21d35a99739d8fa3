/** Mean average precision: the mean over the classes that occur. */
import type { Predictions } from '../confusion.ts';
import { mean } from './arithmetic.ts';
import { precisions } from './averagePrecision.ts';
import type { Metric, Weights } from './metric.ts';
import { once } from './weights.ts';

export const meanAveragePrecision = {
  kind: 'overall',
  label: 'Mean average precision',
  short: 'mean AP',
  description: 'Mean of the average precisions of the classes that occur.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'predictions',
  compute: once(weighted),
  weighted,
} as const satisfies Metric;

function weighted(predictions: Predictions) {
  const of = precisions(predictions);
  return (weights: Weights) => mean(of(weights));
}
