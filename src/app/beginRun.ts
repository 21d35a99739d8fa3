/** A run as it begins, stored with the weights that it begins with. */
import { slicesInUse } from '../core/dataset/excluded.ts';
import type { Fold } from '../core/dataset/protocols/protocol.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { countLeaks, type LeakCounts, leaksOfSplits } from '../core/leaks/ofSplits.ts';
import type { ModelState } from '../core/nn/state.ts';
import { labelledShards } from '../core/train/labelledShards.ts';
import { classIds, labelSetOf } from '../core/train/labelSetOf.ts';
import { startLoop } from '../core/train/loop.ts';
import type { RunConfig } from '../core/train/run.ts';
import type { CheckpointRecord, RunRecord } from '../storage/port.ts';
import type { Context } from './context.ts';
import { fromStarter } from './fromStarter.ts';
import { guardFacts } from './guard.ts';
import { newRun } from './runs.ts';
import type { Starter } from './starter.ts';

type Parts = Pick<Context, 'get' | 'store'>;

/** @param more what its record has besides; without a label set, it is that of the project */
export async function beginRun(
  { get, store }: Parts,
  starter: Starter,
  config: RunConfig,
  more: Partial<RunRecord>,
): Promise<RunRecord> {
  const { project, ingest, guard } = get();
  const labelSet = more.labelSet ?? get().labelSet;
  const begins = config.start
    ? await fromStarter({ ...config, start: config.start }, labelSet, starter)
    : null;
  const known = guardFacts(guard);
  const fresh = newRun(
    project.id,
    begins?.config ?? config,
    labelSet,
    project.options,
    ingest,
    known && config.fold
      ? { ...known, ...(await leaksOfFold(store, project.id, labelSet, config.fold)) }
      : known,
  );
  const record: RunRecord = { ...fresh, ...more };
  await store.putRun(record);
  if (begins) await store.putCheckpoint(startingWith(record.id, begins.model));
  return record;
}

/** What is known of copies across the splits of a fold; nothing if no check is stored. */
async function leaksOfFold(
  store: Context['store'],
  project: string,
  labelSet: LabelSet,
  fold: Fold,
): Promise<Partial<LeakCounts>> {
  const [record, datasets, indexes] = await Promise.all([
    store.leakRecord(project),
    store.datasets(project),
    labelledShards(store, project, labelSet),
  ]);
  if (!record) return {};
  const used = slicesInUse(indexes, datasets, classIds(labelSet));
  return countLeaks(leaksOfSplits(record, used, datasets, labelSet.classes.length, fold));
}

/** A run that waited. What it is made of is frozen only now: also its label set. */
export function beginQueued(parts: Parts, starter: Starter, record: RunRecord): Promise<RunRecord> {
  const { id, title, note, tags, queue, config } = record;
  const queued = labelSetOf(record);
  const labelSet = parts.get().labelSets.find((one) => one.id === queued.id) ?? queued;
  const kept = { id, title, note, labelSet, ...(tags && { tags }), ...(queue && { queue }) };
  return beginRun(parts, starter, config, kept);
}

/** The state before the first step. */
export function startingWith(run: string, model: ModelState): CheckpointRecord {
  const trainer = { model, momentum: new Map() };
  return { run, epoch: 0, step: 0, trainer, loop: startLoop(), fingerprint: '' };
}
