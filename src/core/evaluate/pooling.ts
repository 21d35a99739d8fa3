/** The answers of a series' slices as one answer: slices of one series are not independent witnesses. */

/** Lower bound of a probability (float32's resolution at 1), as in the log loss. */
const LEAST_PROBABILITY = 2 ** -23;
/** Tried correlations: 0, 0.01, … 1. */
const STEPS = 100;

/** The slices of one series: n×K probabilities, and the index of its class. */
export type LabelledSeries = { probabilities: Float32Array; label: number };

/**
 * How many independent witnesses n slices are worth, whose answers correlate by `correlation` (Kish 1965, design effect of a
 * cluster): n at 0, 1 at 1.
 */
export function effectiveCount(n: number, correlation: number): number {
  return n / (1 + (n - 1) * correlation);
}

/**
 * The probabilities of a series: its slices' log probabilities are averaged and count as often as its effective number of
 * slices. For a single slice, its own.
 * @param probabilities n×`classes`, calibrated; n at least 1
 */
export function pooled(probabilities: Float32Array, classes: number, correlation: number): Float32Array {
  const n = probabilities.length / classes;
  return softmax(meanLogs(probabilities, classes), effectiveCount(n, correlation));
}

/**
 * The correlation of the least log loss over series, in steps of 0.01; null without series. The loss need not be convex,
 * so all are tried.
 */
export function fitCorrelation(series: readonly LabelledSeries[], classes: number): number | null {
  if (series.length === 0) return null;
  const means = series.map(({ probabilities, label }) => ({
    label,
    n: probabilities.length / classes,
    logs: meanLogs(probabilities, classes),
  }));
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  // From 1 on: in a tie, the more cautious one.
  for (let step = STEPS; step >= 0; step--) {
    const correlation = step / STEPS;
    const loss = means.reduce((sum, { logs, n, label }) => {
      const p = softmax(logs, effectiveCount(n, correlation))[label];
      return sum - Math.log(Math.max(LEAST_PROBABILITY, p));
    }, 0);
    if (loss < least) [best, least] = [correlation, loss];
  }
  return best;
}

/** The mean over slices of each class's log probability. */
function meanLogs(probabilities: Float32Array, classes: number): Float64Array {
  const n = probabilities.length / classes;
  const logs = new Float64Array(classes);
  probabilities.forEach((p, i) => {
    logs[i % classes] += Math.log(Math.max(LEAST_PROBABILITY, p)) / n;
  });
  return logs;
}

function softmax(logs: Float64Array, weight: number): Float32Array {
  const largest = logs.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const shares = logs.map((value) => Math.exp(weight * (value - largest)));
  const sum = shares.reduce((total, share) => total + share, 0);
  return Float32Array.from(shares, (share) => share / sum);
}
