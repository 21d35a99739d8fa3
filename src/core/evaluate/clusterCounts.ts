/** The confusion matrix of each cluster, as a list of the cells that are not empty: resamples are sums of them. */
import type { Clusters } from './clusters.ts';
import { type Confusion, type Predictions, predictedClass } from './confusion.ts';

/** Cells `start[c]` up to `start[c + 1]` are of cluster c: `cell` is row × classes + column. */
export type ClusterCounts = { classes: number; start: Uint32Array; cell: Uint16Array; n: Float64Array };

export function clusterCounts(
  { classes, truth, probabilities }: Predictions,
  { of, count }: Pick<Clusters, 'of' | 'count'>,
): ClusterCounts {
  const cells = Array.from({ length: count }, () => new Map<number, number>());
  for (let i = 0; i < truth.length; i++) {
    const cell = truth[i] * classes + predictedClass(probabilities, i, classes);
    const one = cells[of[i]];
    one.set(cell, (one.get(cell) ?? 0) + 1);
  }
  const start = new Uint32Array(count + 1);
  cells.forEach((one, c) => {
    start[c + 1] = start[c] + one.size;
  });
  const all = cells.flatMap((one) => [...one]);
  return {
    classes,
    start,
    cell: Uint16Array.from(all, ([cell]) => cell),
    n: Float64Array.from(all, ([, n]) => n),
  };
}

/** The matrix of clusters that count `times` each. */
export function addUp(counts: ClusterCounts, times: ArrayLike<number>, into: Confusion): void {
  clear(into);
  for (let cluster = 0; cluster < times.length; cluster++) {
    if (times[cluster] > 0) addCluster(counts, cluster, times[cluster], into);
  }
}

export function addCluster(
  { classes, start, cell, n }: ClusterCounts,
  cluster: number,
  times: number,
  into: Confusion,
): void {
  for (let at = start[cluster]; at < start[cluster + 1]; at++) {
    const column = cell[at] % classes;
    into[(cell[at] - column) / classes][column] += times * n[at];
  }
}

export function clear(matrix: Confusion): void {
  for (const row of matrix) row.fill(0);
}
