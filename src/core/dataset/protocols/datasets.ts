/** Folds of whole datasets: each dataset is tested once. */
import { dealByClass } from './deal.ts';
import type { Protocol } from './protocol.ts';

export const datasets: Protocol = {
  title: 'Folds over datasets',
  caution:
    'Each dataset is tested once, but the runs share most of what they learn from: give the range over the folds, not a standard error as of independent runs.',
  unit: 'dataset',
  folds: 5,
  deal: dealByClass,
};
