/** Reports of runs as one page to print, and model cards: what they are made of, read from the state and the store. */

import { predictedClass } from '../core/evaluate/confusion.ts';
import { FACETS, type FacetName } from '../core/evaluate/facets.ts';
import { type Judged, mainSplit, type StudyInput, type StudyRun } from '../core/export/study/study.ts';
import { classIds, labelSetOf } from '../core/train/labelSetOf.ts';
import { factsOf as sliceFacts, subjectsOf } from '../core/train/subjects.ts';
import { SPLITS, type Split } from '../core/types.ts';
import type { PredictionRecord } from '../storage/port.ts';
import { createBreakdownCommands } from './breakdown.ts';
import { BUILD } from './build.ts';
import type { Context } from './context.ts';
import { factsOf } from './facts.ts';
import { readReliability } from './reliability.ts';
import type { RunRow, State } from './state.ts';

/** Tables of accuracies beside that by dataset. */
const SHOWN = ['manufacturer', 'format', 'size'] as const satisfies readonly FacetName[];

/** @param runs evaluated ones, that first which was open */
export async function studyOf(context: Context, runs: readonly RunRow[]): Promise<StudyInput> {
  const { get } = context;
  const found = await Promise.all(runs.map((run) => studyRun(context, run, runs.length === 1)));
  return {
    runs: found,
    commit: BUILD.commit,
    made: new Date().toISOString(),
    skipped: reasonsOf(get(), runs[0]),
    judged: runs.length > 1 ? await judgedOf(context, runs, mainSplit(runs)) : null,
    browser: navigator.userAgent,
  };
}

/** @param alone whether nothing stands beside it: then it has more tables */
export async function studyRun(context: Context, run: RunRow, alone = true): Promise<StudyRun> {
  const split = SPLITS.toReversed().find((one) => run.evaluation?.[one]) ?? 'test';
  const { breakdown } = createBreakdownCommands(context);
  const [facts, reliability, bySeries] = await Promise.all([
    factsOf(context, run),
    readReliability(context.store, run.id, split),
    breakdown(run.id, split, 'series', 'dataset'),
  ]);
  const facets = await Promise.all(
    (alone ? SHOWN : []).map(async (facet) => ({
      label: FACETS[facet].label,
      rows: (await breakdown(run.id, split, 'slice', facet))?.groups ?? [],
    })),
  );
  return {
    ...facts,
    id: run.id,
    imagesPerSecond: run.imagesPerSecond,
    points: run.points,
    reliability: reliability && { plain: reliability.plain, calibrated: reliability.calibrated },
    bySeries: bySeries?.evaluation ?? null,
    facets,
  };
}

/** Why files of the drop before a run were not used, most files first; null: this page has not read them. */
function reasonsOf({ drops }: State, run: RunRow): StudyInput['skipped'] {
  const drop = drops.find(({ startedMs }) => startedMs === run.frozen?.drop?.startedMs);
  if (!drop) return null;
  const files = new Map<string, number>();
  for (const { reason, partial } of drop.unused)
    if (!partial) files.set(reason, (files.get(reason) ?? 0) + 1);
  return [...files].map(([reason, n]) => ({ reason, files: n })).sort((a, b) => b.files - a.files);
}

/** What runs answered, if all of them judged the same slices with the same labels. */
async function judgedOf(
  { get, store }: Context,
  runs: readonly RunRow[],
  split: Split,
): Promise<Judged | null> {
  const [first, ...others] = await Promise.all(runs.map(({ id }) => store.predictions(id, split)));
  const classes = classIds(labelSetOf(runs[0]));
  const isSameSet = runs.every((run) => classIds(labelSetOf(run)).join() === classes.join());
  if (!first || !isSameSet) return null;
  const records = [first];
  for (const one of others) {
    if (!one || !sameSlices(one, first)) return null;
    records.push(one);
  }
  const facts = sliceFacts(first, await store.shardIndexes(get().project.id));
  if (!facts) return null;
  const answers = records.map(
    ({ run, probabilities }) =>
      [run, first.truth.map((_, i) => predictedClass(probabilities, i, classes.length))] as const,
  );
  return {
    classes: classes.length,
    truth: first.truth,
    subjects: subjectsOf(facts),
    answers: new Map(answers),
  };
}

function sameSlices(one: PredictionRecord, other: PredictionRecord): boolean {
  return (['shard', 'row', 'truth'] as const).every((column) => {
    const [a, b] = [one[column], other[column]];
    return a.length === b.length && a.every((value, i) => value === b[i]);
  });
}
