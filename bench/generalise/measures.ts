/** Figures of held-out logits: over cells (dataset and class), slices and series. Pure. */

export type Answers = {
  classes: number;
  /** One entry for each judged slice; logits: `classes` of each. */
  logits: Float32Array;
  label: Uint8Array;
  dataset: ArrayLike<number>;
  series: ArrayLike<number>;
};

export type Cell = {
  dataset: number;
  label: number;
  slices: number;
  recall: number;
  series: number;
  seriesRecall: number;
  /** Slices by the answer. */
  answers: number[];
};

export type Figures = {
  slices: number;
  accuracy: number;
  /** Means over the classes of the mean recall: of cells, of slices, of series. */
  balanced: { cells: number; slices: number; series: number };
  /** The smallest recall of cells of LEAST slices or more. */
  smallest: number;
  /** Such cells with a recall below POOR. */
  poor: number;
  /** Mean of −ln p of the label. */
  logLoss: number;
  recalls: (number | null)[];
  /** The worst first. */
  cells: Cell[];
};

/** Smaller cells say little one by one. */
export const LEAST = 20;
export const POOR = 0.6;

export function figuresOf(answers: Answers): Figures {
  const { classes, label, logits } = answers;
  const n = label.length;
  const logs = logProbabilities(logits, classes);
  const right = Uint8Array.from(label, (own, i) => Number(likeliest(logs, classes, i) === own));
  const series = seriesOf(answers, logs);
  const cells = cellsOf(answers, logs, series);
  const byClass = (of: (own: number) => readonly number[]) =>
    mean(
      Array.from({ length: classes }, (_, own) => of(own)).flatMap((values) =>
        values.length > 0 ? [mean(values)] : [],
      ),
    );
  const rightOf = (own: number) => Array.from(right).filter((_, i) => label[i] === own);
  const large = cells.filter((cell) => cell.slices >= LEAST);
  let loss = 0;
  for (let i = 0; i < n; i++) loss -= logs[i * classes + label[i]];
  return {
    slices: n,
    accuracy: mean(Array.from(right)),
    balanced: {
      cells: byClass((own) => cells.filter((cell) => cell.label === own).map((cell) => cell.recall)),
      slices: byClass(rightOf),
      series: byClass((own) => series.filter((one) => one.label === own).map((one) => Number(one.right))),
    },
    smallest: Math.min(1, ...large.map((cell) => cell.recall)),
    poor: large.filter((cell) => cell.recall < POOR).length,
    logLoss: loss / n,
    recalls: Array.from({ length: classes }, (_, own) => {
      const values = rightOf(own);
      return values.length > 0 ? mean(values) : null;
    }),
    cells,
  };
}

/** Row by row, from logits or from logarithms of probabilities. */
export function logProbabilities(logits: Float32Array, classes: number): Float32Array {
  const logs = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) {
    const row = logits.subarray(at, at + classes);
    const most = Math.max(...row);
    const all = most + Math.log(row.reduce((sum, value) => sum + Math.exp(value - most), 0));
    for (let c = 0; c < classes; c++) logs[at + c] = row[c] - all;
  }
  return logs;
}

/** The mean of two judgements of the same slices, as logarithms of probabilities. */
export function averagedViews(one: Float32Array, two: Float32Array, classes: number): Float32Array {
  const [a, b] = [logProbabilities(one, classes), logProbabilities(two, classes)];
  return a.map((value, i) => (value + b[i]) / 2);
}

type Series = { dataset: number; label: number; right: boolean };

/** A series of slices with one label: its verdict is the class of the largest mean log probability. */
function seriesOf({ classes, label, dataset, series }: Answers, logs: Float32Array): Series[] {
  const sums = new Map<string, { dataset: number; label: number; sums: Float64Array }>();
  label.forEach((own, i) => {
    const key = `${series[i]} ${own}`;
    const entry = sums.get(key) ?? { dataset: dataset[i], label: own, sums: new Float64Array(classes) };
    for (let c = 0; c < classes; c++) entry.sums[c] += logs[i * classes + c];
    sums.set(key, entry);
  });
  return [...sums.values()].map((entry) => ({
    dataset: entry.dataset,
    label: entry.label,
    right: likeliest(entry.sums, classes, 0) === entry.label,
  }));
}

function cellsOf(
  { classes, label, dataset }: Answers,
  logs: Float32Array,
  series: readonly Series[],
): Cell[] {
  const cells = new Map<string, Cell>();
  label.forEach((own, i) => {
    const key = `${dataset[i]} ${own}`;
    const cell = cells.get(key) ?? {
      dataset: dataset[i],
      label: own,
      slices: 0,
      recall: 0,
      series: 0,
      seriesRecall: 0,
      answers: new Array<number>(classes).fill(0),
    };
    cell.slices++;
    cell.answers[likeliest(logs, classes, i)]++;
    cells.set(key, cell);
  });
  for (const one of series) {
    const cell = cells.get(`${one.dataset} ${one.label}`)!;
    cell.series++;
    cell.seriesRecall += Number(one.right);
  }
  return [...cells.values()]
    .map((cell) => ({
      ...cell,
      recall: cell.answers[cell.label] / cell.slices,
      seriesRecall: cell.seriesRecall / cell.series,
    }))
    .sort((a, b) => a.recall - b.recall || b.slices - a.slices);
}

function likeliest(values: ArrayLike<number>, classes: number, row: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) if (values[row * classes + c] > values[row * classes + best]) best = c;
  return best;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation; null of fewer than two. */
export function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
