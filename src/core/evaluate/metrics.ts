/** The metrics, one entry each: what tables, exports and tests know of a metric they read here. */
import { MODALITIES } from '../types.ts';
import type { Confusion, Predictions } from './confusion.ts';

type Meta = {
  label: string;
  /** One plain sentence. */
  meaning: string;
  better: 'higher' | 'lower';
};

/** One number for all classes, or one for each; null where it does not exist. */
export type Metric = Meta &
  (
    | { kind: 'overall'; compute(counts: Confusion, predictions: Predictions): number | null }
    | { kind: 'class'; compute(counts: Confusion): (number | null)[] }
  );

/** Probabilities below this count as this in the log loss (float32's resolution at 1). */
const LEAST_PROBABILITY = 2 ** -23;

export const METRICS = {
  accuracy: {
    kind: 'overall',
    label: 'Accuracy',
    meaning: 'Share of slices whose predicted modality is the true one.',
    better: 'higher',
    compute: (counts) => ratio(trace(counts), total(counts)),
  },
  balancedAccuracy: {
    kind: 'overall',
    label: 'Balanced accuracy',
    meaning:
      'Mean of the recalls of the modalities that occur: each counts the same, however many slices it has.',
    better: 'higher',
    compute: (counts) => mean(recalls(counts)),
  },
  macroF1: {
    kind: 'overall',
    label: 'Macro F1',
    meaning: 'Mean over the modalities of the harmonic mean of precision and recall.',
    better: 'higher',
    compute: (counts) => mean(counts.map((row, k) => ratio(2 * row[k], sum(row) + sum(column(counts, k))))),
  },
  logLoss: {
    kind: 'overall',
    label: 'Log loss',
    meaning: 'Mean negative logarithm of the probability given to the true modality.',
    better: 'lower',
    compute: (_, { truth, probabilities }) => {
      if (truth.length === 0) return null;
      let loss = 0;
      truth.forEach((label, i) => {
        loss -= Math.log(Math.max(LEAST_PROBABILITY, probabilities[i * MODALITIES.length + label]));
      });
      return loss / truth.length;
    },
  },
  precision: {
    kind: 'class',
    label: 'Precision',
    meaning: 'Of the slices predicted as a modality, the share that are it.',
    better: 'higher',
    compute: (counts) => counts.map((row, k) => ratio(row[k], sum(column(counts, k)))),
  },
  recall: {
    kind: 'class',
    label: 'Recall',
    meaning: 'Of the slices of a modality, the share predicted as it.',
    better: 'higher',
    compute: recalls,
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

function recalls(counts: Confusion): (number | null)[] {
  return counts.map((row, k) => ratio(row[k], sum(row)));
}

function column(counts: Confusion, k: number): number[] {
  return counts.map((row) => row[k]);
}

function trace(counts: Confusion): number {
  return sum(counts.map((row, k) => row[k]));
}

function total(counts: Confusion): number {
  return sum(counts.map(sum));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Over the values that exist. */
function mean(values: readonly (number | null)[]): number | null {
  const existing = values.filter((value) => value !== null);
  return ratio(sum(existing), existing.length);
}
