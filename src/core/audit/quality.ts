/**
 * Scores of a label's quality from out-of-fold probabilities: 1 for a label that the model shares without doubt, towards
 * 0 for one that it contradicts. Northcutt et al. 2021 (section 3.2) and Kuan and Mueller, "Model-agnostic label quality
 * scoring to detect real-world label errors", ICML DataPerf 2022, section 2.
 */
import type { Judged } from './confident.ts';

/** Below this a probability counts as this much: its logarithm and its inverse stay finite. */
const LEAST = 1e-6;

export const QUALITY_SCORES = {
  /** p of the given label. */
  selfConfidence: ({ classes, label, probabilities }: Judged, i: number): number =>
    probabilities[i * classes + label[i]],

  /** p of the given label less that of the most probable other class, mapped from [−1, 1] to [0, 1]. */
  normalisedMargin: ({ classes, label, probabilities }: Judged, i: number): number => {
    const other = probabilities[i * classes + likeliest(probabilities, classes, i, label[i])];
    return (probabilities[i * classes + label[i]] - other + 1) / 2;
  },

  /** Normalised entropy over self-confidence, e; mapped as in cleanlab by ln(1 + e) / e, so that 1 is best. */
  confidenceWeightedEntropy: ({ classes, label, probabilities }: Judged, i: number): number => {
    let entropy = 0;
    for (let c = 0; c < classes; c++) {
      const p = Math.max(LEAST, probabilities[i * classes + c]);
      entropy -= p * Math.log(p);
    }
    const own = Math.max(LEAST, probabilities[i * classes + label[i]]);
    const weighted = Math.max(LEAST, entropy / Math.log(classes) / own);
    return Math.log1p(weighted) / weighted;
  },
} as const satisfies Record<string, (judged: Judged, i: number) => number>;

export type QualityScore = keyof typeof QUALITY_SCORES;

/** The most probable class, other than `except`. */
export function likeliest(
  probabilities: Float32Array | Float64Array,
  classes: number,
  i: number,
  except = -1,
): number {
  let best = -1;
  for (let c = 0; c < classes; c++) {
    if (c === except) continue;
    if (best < 0 || probabilities[i * classes + c] > probabilities[i * classes + best]) best = c;
  }
  return best;
}

/** Indices of all labels, the worst first; equals keep their order. */
export function rankLabels(judged: Judged, score: QualityScore): Uint32Array {
  const values = Float64Array.from({ length: judged.label.length }, (_, i) =>
    QUALITY_SCORES[score](judged, i),
  );
  return Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
}
