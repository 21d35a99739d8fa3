/** Counts predictions against the truth. */

/** Truth and probabilities of some slices: `truth` holds indices of classes, `probabilities` n×`classes`. */
export type Predictions = { classes: number; truth: Uint8Array; probabilities: Float32Array };

/** Rows: true class; columns: predicted class; both in the order of the network's outputs. */
export type Confusion = number[][];

/** The class with the largest probability; in a tie, the first. */
export function predictedClass(probabilities: Float32Array, slice: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) {
    if (probabilities[slice * classes + k] > probabilities[slice * classes + best]) best = k;
  }
  return best;
}

export function confusion({ classes, truth, probabilities }: Predictions): Confusion {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) counts[truth[i]][predictedClass(probabilities, i, classes)]++;
  return counts;
}

/** Slices whose predicted class is the true one. */
export function correctOf(counts: Confusion): number {
  return counts.reduce((sum, row, k) => sum + row[k], 0);
}

/** Each cell as a share of its row, which is what becomes of a class, or of its column, which is what an answer is worth. */
export function confusionShares(counts: Confusion, of: 'row' | 'column'): (number | null)[][] {
  const sums = counts.map((row, k) =>
    of === 'row' ? row.reduce((sum, n) => sum + n, 0) : counts.reduce((sum, other) => sum + other[k], 0),
  );
  return counts.map((row, i) =>
    row.map((n, j) => {
      const sum = sums[of === 'row' ? i : j];
      return sum === 0 ? null : n / sum;
    }),
  );
}
