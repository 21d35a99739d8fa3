/** Sums, ratios and means that may be undefined. */
import type { Confusion } from '../confusion.ts';

export function recalls(counts: Confusion): (number | null)[] {
  return counts.map((row, k) => ratio(row[k], sum(row)));
}

export function column(counts: Confusion, k: number): number[] {
  return counts.map((row) => row[k]);
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** The mean of the defined values. */
export function mean(values: readonly (number | null)[]): number | null {
  const existing = values.filter((value) => value !== null);
  return ratio(sum(existing), existing.length);
}
