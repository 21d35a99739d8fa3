/**
 * What is judged as one thing: the slices of a series that have the same label. Their probabilities are joined by the
 * mean of their logarithms, so that one certain slice outweighs many that are unsure.
 */

import type { LabelSource } from '../types.ts';
import type { FoldPredictions } from './foldModels.ts';
import { NO_FOLD } from './folds.ts';
import { type AuditTable, sourceOf } from './table.ts';

/** Below this a probability counts as this much: a single slice decides nothing alone. */
const LEAST = 1e-3;

export type Part = {
  /** Index into the table's series. */
  series: number;
  /** Index of a class; no index of one without a label. */
  label: number;
  /** Of its first slice. */
  source: LabelSource;
  /** Indices into the table, in the order of the series. */
  slices: Uint32Array;
  /** Whether it is the whole series. */
  whole: boolean;
  /** Slices that a model has judged, and their joint probabilities, which sum to 1; null without any. */
  judged: number;
  probabilities: Float64Array | null;
};

export function partsOf(table: AuditTable, predictions: FoldPredictions | null): Part[] {
  const members = new Map<number, number[]>();
  const parts = new Map<string, number[]>();
  for (let i = 0; i < table.count; i++) {
    const series = table.seriesOf[i];
    (members.get(series) ?? members.set(series, []).get(series)!).push(i);
    const key = `${series} ${table.label[i]}`;
    (parts.get(key) ?? parts.set(key, []).get(key)!).push(i);
  }
  return [...parts.values()].map((slices) => {
    const [first] = slices;
    const series = table.seriesOf[first];
    const inOrder = Uint32Array.from(slices).sort((a, b) => table.position[a] - table.position[b] || a - b);
    return {
      series,
      label: table.label[first],
      source: sourceOf(table, first),
      slices: inOrder,
      whole: slices.length === members.get(series)!.length,
      ...joined(inOrder, predictions),
    };
  });
}

/** The normalised geometric mean of the slices' probabilities. */
function joined(
  slices: Uint32Array,
  predictions: FoldPredictions | null,
): Pick<Part, 'judged' | 'probabilities'> {
  if (!predictions) return { judged: 0, probabilities: null };
  const { classes, probabilities, fold } = predictions;
  const judged = slices.filter((i) => fold[i] !== NO_FOLD);
  if (judged.length === 0) return { judged: 0, probabilities: null };
  const logs = new Float64Array(classes);
  for (const i of judged)
    for (let c = 0; c < classes; c++) logs[c] += Math.log(Math.max(LEAST, probabilities[i * classes + c]));
  const means = logs.map((sum) => Math.exp(sum / judged.length));
  const sum = means.reduce((a, b) => a + b, 0);
  return { judged: judged.length, probabilities: means.map((mean) => mean / sum) };
}
