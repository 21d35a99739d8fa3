/**
 * Two models judged on the same slices. Whether one is better shows only where they disagree: McNemar's test in its exact
 * form (McNemar 1947, Psychometrika 12:153; Fagerland, Lydersen and Laake 2013, BMC Med Res Methodol 13:91).
 */
import type { Confusion } from './confusion.ts';

/** One entry a slice; classes as indices. */
export type PairedAnswers = {
  classes: number;
  truth: Uint8Array;
  first: Uint8Array;
  second: Uint8Array;
};

export type PairedClass = { n: number; first: number; second: number };

export type PairedComparison = {
  n: number;
  /** Slices that both, one, or none of them judged rightly. */
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
  accuracy: readonly [first: number, second: number];
  /** Means over the classes that occur. */
  balancedAccuracy: readonly [first: number, second: number];
  /** Two-sided exact p; 1 if they never disagree. */
  p: number;
  /** By class: its slices, and those judged rightly. */
  perClass: readonly PairedClass[];
};

/** null without slices. */
export function comparePaired({ classes, truth, first, second }: PairedAnswers): PairedComparison | null {
  const n = truth.length;
  if (n === 0) return null;
  const perClass = Array.from({ length: classes }, (): PairedClass => ({ n: 0, first: 0, second: 0 }));
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  for (let i = 0; i < n; i++) {
    const of = perClass[truth[i]];
    const [a, b] = [first[i] === truth[i], second[i] === truth[i]];
    of.n++;
    if (a) of.first++;
    if (b) of.second++;
    counts[a ? (b ? 'both' : 'onlyFirst') : b ? 'onlySecond' : 'neither']++;
  }
  const occurring = perClass.filter((one) => one.n > 0);
  const balanced = (name: 'first' | 'second') =>
    occurring.reduce((sum, one) => sum + one[name] / one.n, 0) / occurring.length;
  return {
    n,
    ...counts,
    accuracy: [(counts.both + counts.onlyFirst) / n, (counts.both + counts.onlySecond) / n],
    balancedAccuracy: [balanced('first'), balanced('second')],
    p: mcnemarExact(counts.onlyFirst, counts.onlySecond),
    perClass,
  };
}

/**
 * Two-sided p of as unequal a share of the disagreements, were each as likely to fall to one as to the other:
 * 2·P(X ≤ min(b, c)), X ~ Binomial(b + c, ½), at most 1.
 */
export function mcnemarExact(b: number, c: number): number {
  const n = b + c;
  const least = Math.min(b, c);
  // Terms from the largest down, relative to it: the powers of ½ alone would be zero for many disagreements.
  let logLargest = -n * Math.LN2;
  for (let k = 1; k <= least; k++) logLargest += Math.log((n - k + 1) / k);
  let term = 1;
  let sum = 1;
  for (let k = least; k > 0; k--) {
    term *= k / (n - k + 1);
    sum += term;
  }
  return Math.min(1, 2 * Math.exp(logLargest) * sum);
}

/** The confusion matrices of both; an answer of a class that is gone is in no column. */
export function pairedConfusion({ classes, truth, first, second }: PairedAnswers): [Confusion, Confusion] {
  const matrix = (answers: Uint8Array): Confusion => {
    const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    truth.forEach((label, i) => {
      if (answers[i] < classes) counts[label][answers[i]]++;
    });
    return counts;
  };
  return [matrix(first), matrix(second)];
}
