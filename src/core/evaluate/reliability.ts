/** How far probabilities mean what they say: the reliability diagram and its error. */
import { type Predictions, predictedClass } from './confusion.ts';

/** Bins of equal width, as in Guo et al. 2017, "On Calibration of Modern Neural Networks". */
export const BINS = 15;

/** The predictions whose largest probability is above `from`, and `to` at most. */
export type ReliabilityBin = {
  from: number;
  to: number;
  n: number;
  /** Mean of the largest probabilities; 0 if `n` is 0. */
  confidence: number;
  /** Share that is right; 0 if `n` is 0. */
  accuracy: number;
};

export function reliability({ classes, truth, probabilities }: Predictions, count = BINS): ReliabilityBin[] {
  const bins = Array.from({ length: count }, (_, i) => ({
    from: i / count,
    to: (i + 1) / count,
    n: 0,
    confidence: 0,
    accuracy: 0,
  }));
  truth.forEach((label, i) => {
    const predicted = predictedClass(probabilities, i, classes);
    const largest = probabilities[i * classes + predicted];
    const bin = bins[binOf(largest, count)];
    bin.n++;
    bin.confidence += largest;
    if (predicted === label) bin.accuracy++;
  });
  for (const bin of bins) {
    if (bin.n === 0) continue;
    bin.confidence /= bin.n;
    bin.accuracy /= bin.n;
  }
  return bins;
}

export function binOf(probability: number, count: number): number {
  // Rounded to float32 like the probability, so that an upper bound is in its own bin.
  return Math.min(count - 1, Math.max(0, Math.ceil(Math.fround(probability * count)) - 1));
}

/** The expected calibration error: mean distance of accuracy and confidence, weighted by `n` (Guo 2017, equation 3). */
export function calibrationErrorOf(bins: readonly ReliabilityBin[]): number | null {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (n === 0) return null;
  return bins.reduce((sum, bin) => sum + bin.n * Math.abs(bin.accuracy - bin.confidence), 0) / n;
}
