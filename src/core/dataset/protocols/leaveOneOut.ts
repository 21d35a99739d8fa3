/** Leave one dataset out: each is the test of one run, the next one validates. */
import { random } from '../../random.ts';
import type { Protocol } from './protocol.ts';

export const leaveOneOut: Protocol = {
  title: 'Leave one dataset out',
  caution:
    'Each test is one source, often of one class: read the accuracy of that dataset, since balanced accuracy and AUROC need several classes.',
  unit: 'dataset',
  folds: null,
  deal: (units, folds, seed) => {
    const sorted = units.map(({ id }) => id).sort();
    const order = random(seed).shuffle(Uint32Array.from(sorted.keys()));
    return new Map(Array.from(order, (at, i) => [sorted[at], i % folds]));
  },
};
