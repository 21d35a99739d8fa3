/** The uncertainty of a figure: what an interval is, and Wilson's score interval of a proportion. */

/** 97.5 % quantile of the normal distribution: 95 % intervals. */
const Z = 1.959963984540054;

export type Interval = { low: number; high: number };

/** What is taken as independent of one another. */
export type ClusterUnit = 'patient' | 'series' | 'slice';

/** A 95 % interval, and how it was made. */
export type FigureInterval = Interval & {
  /** Percentiles of resampled clusters, or Wilson's with as many observations as there are clusters. */
  method: 'bootstrap' | 'wilson';
  by: ClusterUnit;
  clusters: number;
  /** Of a bootstrap. */
  resamples?: number;
};

/**
 * 95 % interval of `correct` of `n`, as if the n were independent. Slices of one patient are not, so for them it
 * is too narrow. null for n = 0 (Wilson 1927; stays within [0, 1] and works at 0 and n).
 */
export function wilson(correct: number, n: number): Interval | null {
  if (n === 0) return null;
  const share = correct / n;
  const shrink = 1 + (Z * Z) / n;
  const middle = (share + (Z * Z) / (2 * n)) / shrink;
  const half = (Z / shrink) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Wilson's, with each cluster as one observation: of few, or of equal ones, a bootstrap says too little. */
export function wilsonOf(share: number, by: ClusterUnit, clusters: number): FigureInterval | null {
  const interval = wilson(share * clusters, clusters);
  return interval && { ...interval, method: 'wilson', by, clusters };
}
