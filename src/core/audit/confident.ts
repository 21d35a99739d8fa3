/**
 * Confident learning: which labels are probably wrong, and how many. Northcutt, Jiang and Chuang, "Confident Learning:
 * Estimating Uncertainty in Dataset Labels", JAIR 70 (2021); equations below are the paper's.
 */

/** Labels and out-of-fold probabilities (n × classes). All labels are classes. */
export type Judged = {
  classes: number;
  label: ArrayLike<number>;
  probabilities: Float32Array;
  /** How often each item counts; absent: once. */
  weight?: ArrayLike<number>;
};

export type Joint = {
  /** t_j (eq. 2): mean probability of class j over what is labelled j; Infinity for a class without labels. */
  thresholds: Float64Array;
  /** C (eq. 1): counts by given label (rows) and confident class (columns), classes × classes. */
  confident: Float64Array;
  /** Q (eq. 3): the estimated joint distribution of given and true label; sums to 1. */
  joint: Float64Array;
  /** Estimated share of wrong labels: what is off the diagonal of Q. */
  noise: number;
  /** For each item, its confident class, or −1. */
  confidentClass: Int16Array;
};

export function confidentJoint(judged: Judged): Joint {
  const { classes, label, probabilities, weight } = judged;
  const n = label.length;
  const labelled = new Float64Array(classes);
  const sums = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    const times = weight ? weight[i] : 1;
    labelled[label[i]] += times;
    sums[label[i]] += times * probabilities[i * classes + label[i]];
  }
  const thresholds = sums.map((sum, c) => (labelled[c] > 0 ? sum / labelled[c] : Number.POSITIVE_INFINITY));
  const confident = new Float64Array(classes * classes);
  const confidentClass = new Int16Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    let best = -1;
    for (let c = 0; c < classes; c++) {
      const p = probabilities[i * classes + c];
      // Rounding to float32 must not keep a class whose probabilities are all equal from its own mean.
      if (p < thresholds[c] - 1e-6) continue;
      if (best < 0 || p > probabilities[i * classes + best]) best = c;
    }
    confidentClass[i] = best;
    if (best >= 0) confident[label[i] * classes + best] += weight ? weight[i] : 1;
  }
  const joint = calibrated(confident, labelled, classes);
  let correct = 0;
  for (let c = 0; c < classes; c++) correct += joint[c * classes + c];
  return { thresholds, confident, joint, noise: n > 0 ? 1 - correct : 0, confidentClass };
}

/** Rows sum to the share of their label (eq. 3). A label without a confident item is taken to be right, as in cleanlab. */
function calibrated(confident: Float64Array, labelled: Float64Array, classes: number): Float64Array {
  const n = labelled.reduce((a, b) => a + b, 0);
  const joint = new Float64Array(classes * classes);
  for (let row = 0; row < classes; row++) {
    if (labelled[row] === 0) continue;
    const counts = confident.slice(row * classes, (row + 1) * classes);
    counts[row] = Math.max(1, counts[row]);
    const sum = counts.reduce((a, b) => a + b, 0);
    for (let c = 0; c < classes; c++) joint[row * classes + c] = ((counts[c] / sum) * labelled[row]) / n;
  }
  return joint;
}

/** What is off the diagonal of the confident joint ("C_confusion", section 3.2): the probably wrong labels. */
export function offDiagonal({ label }: Judged, { confidentClass }: Joint): Uint8Array {
  return Uint8Array.from(confidentClass, (best, i) => Number(best >= 0 && best !== label[i]));
}
