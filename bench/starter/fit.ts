/** What held-out slices say of a model: how its probabilities are scaled, when a picture is unknown, how often it is right. */
import { type Calibration, calibrate } from '../../src/core/evaluate/calibration.ts';
import { pooled } from '../../src/core/evaluate/pooling.ts';
import { withTemperature } from '../../src/core/evaluate/temperature.ts';
import { steepnessOf } from '../../src/core/evaluate/unknown.ts';
import { answersOf } from '../../src/core/train/answers.ts';

/** One entry of each list for each judged slice. */
export type HeldOut = {
  classes: number;
  /** `classes` logits of each. */
  logits: Float32Array;
  /** The logit of "no class" of each; empty: the network has none. */
  none: Float32Array;
  label: Uint8Array;
  dataset: ArrayLike<number>;
  series: ArrayLike<number>;
};

/** null if there are too few slices. */
export function calibrationOf(held: HeldOut): Calibration | null {
  const { classes, label, series, dataset } = held;
  return calibrate({ classes, truth: label, ...outputsOf(held) }, series, dataset);
}

/**
 * As of the folds, but how strange known pictures are is asked of the shipped network itself, if it judged enough slices of
 * datasets that it has not learned from: it has learned from more than the folds' networks, and less is strange to it.
 * @param unseen what it says of made-up pictures that it has not learned from
 */
export function shippedCalibration(folds: HeldOut, own: HeldOut, unseen: Outputs | null): Calibration | null {
  const calibration = calibrationOf(folds);
  const unknown = calibrationOf(own)?.unknown;
  if (!calibration || !unknown) return calibration;
  const strangers = unseen && outputsOf(unseen).strangeness;
  const steepness = strangers && steepnessOf(unknown.series, strangers);
  return { ...calibration, unknown: { ...unknown, ...(steepness === null ? {} : { steepness }) } };
}

export type Row = {
  dataset: number;
  label: number;
  slices: number;
  recall: number;
  series: number;
  seriesRecall: number;
  /** Slices by the answer. */
  answers: number[];
};

/** Each class of each dataset, the worst first; series by the pooled, calibrated answers of their slices, as the app does it. */
export function rowsOf(held: HeldOut, calibration: Calibration | null): Row[] {
  const { classes, label, dataset } = held;
  const { temperature, correlation } = calibration ?? { temperature: 1, correlation: 1 };
  const scaled = withTemperature(outputsOf(held).probabilities, classes, temperature);
  const rows = new Map<string, Row>();
  const rowOf = (i: number) => {
    const key = `${dataset[i]} ${label[i]}`;
    const known = rows.get(key);
    if (known) return known;
    const fresh = { dataset: dataset[i], label: label[i], slices: 0, recall: 0, series: 0, seriesRecall: 0 };
    const row = { ...fresh, answers: new Array<number>(classes).fill(0) };
    rows.set(key, row);
    return row;
  };
  label.forEach((own, i) => {
    const row = rowOf(i);
    const answer = likeliest(scaled.subarray(i * classes, (i + 1) * classes));
    row.slices++;
    row.answers[answer]++;
    row.recall += Number(answer === own);
  });
  for (const members of seriesRows(held).values()) {
    const row = rowOf(members[0]);
    const own = Float32Array.from(
      members.flatMap((i) => [...scaled.subarray(i * classes, (i + 1) * classes)]),
    );
    row.series++;
    row.seriesRecall += Number(likeliest(pooled(own, classes, correlation)) === label[members[0]]);
  }
  return [...rows.values()]
    .map((row) => ({ ...row, recall: row.recall / row.slices, seriesRecall: row.seriesRecall / row.series }))
    .sort((a, b) => a.recall - b.recall || b.slices - a.slices);
}

/** Balanced accuracy: the mean recall of the classes that occur, over slices and over series. */
export function balanced(rows: readonly Row[]): { slices: number; series: number } {
  const labels = [...new Set(rows.map(({ label }) => label))];
  const mean = (recall: 'recall' | 'seriesRecall', size: 'slices' | 'series') =>
    labels.reduce((sum, label) => {
      const own = rows.filter((row) => row.label === label);
      const n = own.reduce((all, row) => all + row[size], 0);
      return sum + own.reduce((right, row) => right + row[recall] * row[size], 0) / n / labels.length;
    }, 0);
  return { slices: mean('recall', 'slices'), series: mean('seriesRecall', 'series') };
}

/** Of a network: logits of its classes, and of none. */
type Outputs = Pick<HeldOut, 'classes' | 'logits' | 'none'>;

function outputsOf({ classes, logits, none }: Outputs) {
  const n = logits.length / classes;
  const outputs = classes + (none.length > 0 ? 1 : 0);
  const all = new Float32Array(n * outputs);
  for (let i = 0; i < n; i++) {
    const row = all.subarray(i * outputs, (i + 1) * outputs);
    row.set(logits.subarray(i * classes, (i + 1) * classes));
    if (outputs > classes) row[classes] = none[i];
    const most = Math.max(...row);
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += Math.exp(row[k] - most);
    for (let k = 0; k < outputs; k++) row[k] = Math.exp(row[k] - most) / sum;
  }
  return answersOf(all, n, outputs > classes);
}

function seriesRows({ label, series }: HeldOut): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  label.forEach((own, i) => {
    const key = `${series[i]} ${own}`;
    const known = rows.get(key);
    if (known) known.push(i);
    else rows.set(key, [i]);
  });
  return rows;
}

function likeliest(row: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if (row[k] > row[best]) best = k;
  return best;
}
