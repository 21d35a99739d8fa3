/** The size of every series of a large project, and the dataset it is in. */

export type Plan = {
  /** Slices, by series; the first series is the long one. */
  sizes: readonly number[];
  /** By series, ascending: a number from 0. */
  datasetOf: readonly number[];
};

/** A few series have most of the slices, as on a disk of a hospital. */
const WEIGHTS = [1, 2, 3, 5, 14];
/** One dataset has a tenth of the series. */
const LARGEST_SHARE = 0.1;

/** @param long slices of the first series */
export function planProject(slices: number, series: number, datasets: number, long: number): Plan {
  const others = series - 1;
  const left = slices - long;
  if (left < others) throw new Error('A series needs a slice.');
  const perWeight = (left - others) / sum(Array.from({ length: others }, (_, i) => weightOf(i)));
  const sizes = Array.from({ length: others }, (_, i) => 1 + Math.floor(weightOf(i) * perWeight));
  // What rounding left over.
  for (let i = 0, rest = left - sum(sizes); rest > 0; i = (i + 1) % others, rest--) sizes[i]++;
  const largest = datasets === 1 ? series : Math.floor(series * LARGEST_SHARE);
  const datasetOf = Array.from({ length: series }, (_, i) =>
    i < largest ? 0 : 1 + Math.floor(((i - largest) * (datasets - 1)) / (series - largest)),
  );
  return { sizes: [long, ...sizes], datasetOf };
}

function weightOf(series: number): number {
  return WEIGHTS[series % WEIGHTS.length];
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
