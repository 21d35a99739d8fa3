/** Arithmetic of the transfer benchmark: figures over slices, over datasets and over seeds. Pure. */

import { type Predictions, predictedClass } from '../../src/core/evaluate/confusion.ts';
import { figureOf } from '../../src/core/evaluate/evaluation.ts';
import type { DatasetIndex } from '../../src/core/evaluate/split.ts';
import { evaluateSplit } from '../../src/core/evaluate/split.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';

const LABELS = classIds(DEFAULT_SET);

/** One dataset's slices of one modality. */
export type Row = {
  dataset: string;
  modality: string;
  n: number;
  accuracy: number;
  /** Slice counts by the network's predicted class, in the order of the default set. */
  answers: number[];
};

export type Score = {
  n: number;
  /** Over slices: share of correct predictions, and the mean of the modalities' recalls. */
  accuracy: number;
  balancedAccuracy: number;
  /** Every dataset has equal weight, independent of its slices: the mean over modalities of the mean over datasets. */
  balancedOverDatasets: number;
  recalls: (number | null)[];
  rows: Row[];
};

type Answers = Pick<Predictions, 'truth' | 'probabilities'>;

/** Null if there is no slice. */
export function scoreOf(predictions: Answers, index: DatasetIndex): Score | null {
  const found = evaluateSplit(predictions, LABELS, index);
  if (!found) return null;
  const rows = rowsOf(predictions, index);
  return {
    n: found.n,
    accuracy: figureOf(found, 'accuracy')!,
    balancedAccuracy: figureOf(found, 'balancedAccuracy')!,
    balancedOverDatasets: overDatasets(rows),
    recalls: found.confusion.map((counts, k) => {
      const all = sum(counts);
      return all > 0 ? counts[k] / all : null;
    }),
    rows,
  };
}

/** Rows with the worst first. */
export function rowsOf({ truth, probabilities }: Answers, { datasetOf, datasets }: DatasetIndex): Row[] {
  const answers = datasets.map(() => LABELS.map(() => LABELS.map(() => 0)));
  truth.forEach((label, i) => {
    answers[datasetOf[i]][label][predictedClass(probabilities, i, LABELS.length)]++;
  });
  return datasets
    .flatMap(({ name }, at) =>
      LABELS.map((modality, k) => {
        const given = answers[at][k];
        const n = sum(given);
        return { dataset: name, modality, n, accuracy: n > 0 ? given[k] / n : 0, answers: given };
      }),
    )
    .filter(({ n }) => n > 0)
    .sort((a, b) => a.accuracy - b.accuracy || b.n - a.n);
}

export function overDatasets(rows: readonly Pick<Row, 'modality' | 'accuracy'>[]): number {
  const means = LABELS.flatMap((modality) => {
    const own = rows.filter((row) => row.modality === modality).map(({ accuracy }) => accuracy);
    return own.length > 0 ? [sum(own) / own.length] : [];
  });
  return sum(means) / means.length;
}

/** Whether an index is among the `limit` kept of `n`, spread evenly from the first on; all if there are no more. */
export function isKept(index: number, n: number, limit: number): boolean {
  if (n <= limit) return true;
  return Math.floor((index * limit) / n) !== Math.floor(((index - 1) * limit) / n);
}

/** Number of epochs that show about this many images, at least one. */
export function epochsFor(images: number, imagesOfEpoch: number): number {
  return Math.max(1, Math.round(images / imagesOfEpoch));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
