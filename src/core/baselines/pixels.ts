/** The two baselines of hand-crafted features: nearest neighbours and a linear SVM. */
import type { Baseline } from './baseline.ts';
import { FAMILY_WIDTHS } from './features/index.ts';
import { BASELINE_META } from './meta.ts';
import { neighbourVotes } from './neighbours.ts';
import { fitScaling } from './scaling.ts';
import { decisions, fitSvm } from './svm.ts';

export const FEATURES_NEIGHBOURS: Baseline = {
  meta: BASELINE_META.neighbours,
  sees: 'pixels',
  async fit({ classes, label }, features) {
    const scale = fitScaling(features, FAMILY_WIDTHS);
    const votes = neighbourVotes({ ...features, values: scale(features.values) }, label, classes);
    return (asked) => votes(scale(asked));
  },
};

export const FEATURES_SVM: Baseline = {
  meta: BASELINE_META.svm,
  sees: 'pixels',
  async fit(examples, features, pause) {
    const scale = fitScaling(features, FAMILY_WIDTHS);
    const svm = await fitSvm(examples, { ...features, values: scale(features.values) }, pause);
    // An SVM has no probabilities: the softmax orders the classes as the decisions do.
    return (asked) => softmax(decisions(svm, scale(asked)));
  },
};

function softmax(values: Float64Array): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const powers = values.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}
