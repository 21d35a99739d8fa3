/**
 * What is judged as one thing: the slices of a series that have the same label. What is said of its slices is joined by the
 * mean of the logarithms of their probabilities.
 */

import type { LabelSource } from '../types.ts';
import type { FoldPredictions } from './foldModels.ts';
import { NO_FOLD } from './folds.ts';
import { votesOf } from './neighbours.ts';
import { pooled, poolWeights } from './pool.ts';
import { type AuditTable, sourceOf } from './table.ts';

/** Below this a probability counts as this much: a single slice decides nothing alone. */
const LEAST = 1e-3;
/** Added to the votes of the classes together, so that no class without a vote is impossible. */
const PRIOR_VOTES = 1;

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
  /** Slices that a model has judged, and what it says of all of them; sums to 1, null without any. */
  judged: number;
  model: Float64Array | null;
  /** By class: the neighbours of its slices that are labelled so; null if there are none. */
  votes: Float64Array | null;
  /** Of both together. */
  probabilities: Float64Array | null;
};

/** @param neighbours as of `findNeighbours`; null before they were looked for */
export function partsOf(
  table: AuditTable,
  classes: number,
  predictions: FoldPredictions | null,
  neighbours: Uint32Array | null,
): Part[] {
  const sizes = new Uint32Array(table.series.length);
  const members = new Map<string, number[]>();
  for (let i = 0; i < table.count; i++) {
    sizes[table.seriesOf[i]]++;
    const key = `${table.seriesOf[i]} ${table.label[i]}`;
    const known = members.get(key);
    if (known) known.push(i);
    else members.set(key, [i]);
  }
  const parts = [...members.values()].map((unordered): Omit<Part, 'probabilities'> => {
    const [first] = unordered;
    const series = table.seriesOf[first];
    const slices = Uint32Array.from(unordered).sort((a, b) => table.position[a] - table.position[b] || a - b);
    return {
      series,
      label: table.label[first],
      source: sourceOf(table, first),
      slices,
      whole: slices.length === sizes[series],
      ...modelOf(slices, predictions),
      votes: neighbours && allVotes(slices, table, neighbours, classes),
    };
  });
  const model = parts.map((part) => part.model?.map((p) => Math.log(Math.max(LEAST, p))) ?? null);
  const similar = parts.map(({ slices, votes }) =>
    neighbours && votes ? similarity(slices, table, neighbours, classes) : null,
  );
  const voices = [model, similar].filter((voice) => voice.some((said) => said !== null));
  const weights = poolWeights(
    voices,
    parts.map(({ label }) => label),
    classes,
  );
  return parts.map((part, at) => ({ ...part, probabilities: pooled(voices, weights, at, classes) }));
}

/** The normalised geometric mean of the slices' probabilities. */
function modelOf(slices: Uint32Array, predictions: FoldPredictions | null): Pick<Part, 'judged' | 'model'> {
  if (!predictions) return { judged: 0, model: null };
  const { classes, probabilities, fold } = predictions;
  const judged = slices.filter((i) => fold[i] !== NO_FOLD);
  if (judged.length === 0) return { judged: 0, model: null };
  const logs = new Float64Array(classes);
  for (const i of judged)
    for (let c = 0; c < classes; c++)
      logs[c] += Math.log(Math.max(LEAST, probabilities[i * classes + c])) / judged.length;
  const means = logs.map(Math.exp);
  const sum = means.reduce((a, b) => a + b, 0);
  return { judged: judged.length, model: means.map((mean) => mean / sum) };
}

function allVotes(
  slices: Uint32Array,
  { label }: AuditTable,
  neighbours: Uint32Array,
  classes: number,
): Float64Array | null {
  const votes = new Float64Array(classes);
  for (const slice of slices) votesOf(neighbours, slice, label, classes, votes);
  return votes.some((count) => count > 0) ? votes : null;
}

/** The mean over slices of the logarithms of each class's share of the votes. */
function similarity(
  slices: Uint32Array,
  { label }: AuditTable,
  neighbours: Uint32Array,
  classes: number,
): Float64Array {
  const logs = new Float64Array(classes);
  for (const slice of slices) {
    const votes = new Float64Array(classes);
    votesOf(neighbours, slice, label, classes, votes);
    const sum = votes.reduce((a, b) => a + b, PRIOR_VOTES);
    for (let c = 0; c < classes; c++)
      logs[c] += Math.log((votes[c] + PRIOR_VOTES / classes) / sum) / slices.length;
  }
  return logs;
}
