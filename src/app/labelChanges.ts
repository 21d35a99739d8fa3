/** What was changed of the labels that runs' figures are about; read again only when the project's data have changed. */

import type { ShardIndex } from '../core/dataset/shard.ts';
import { changedSince, type JudgedSlices } from '../core/labels/changedSince.ts';
import { correctedBefore } from '../core/labels/correctedBefore.ts';
import type { LabelEvent } from '../core/labels/event.ts';
import type { LabelChanges, SplitChanges } from '../core/labels/labelChanges.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { labelSetOf } from '../core/train/labelSetOf.ts';
import type { Evaluated } from '../core/train/manifest.ts';
import { SPLITS, type Split } from '../core/types.ts';
import type { Store } from '../storage/port.ts';

type Run = { id: string; createdMs: number; labelSet?: LabelSet; evaluated: Evaluated | null };

type LabelChangeStore = Pick<Store, 'predictions' | 'labelSets' | 'labelEvents' | 'shardIndexes'>;

/** The labels of one set as they are; null if the project no longer has it. */
type Now = { set: LabelSet; shards: ShardIndex[] } | null;

/** Runs whose predictions are kept: more than are compared. */
const KEPT = 8;

export type LabelChangeReader = {
  /**
   * null: nothing can be said, since the project no longer has the run's label set.
   * @param version another object whenever the project's data have changed
   */
  of(project: string, version: object, run: Run): Promise<LabelChanges | null>;
  /** The labels of a run's set as they are. */
  now(project: string, version: object, run: Run): Promise<Now>;
};

export function createLabelChanges(store: LabelChangeStore): LabelChangeReader {
  let version: object | null = null;
  let labels = new Map<string, Promise<Now>>();
  let events = new Map<string, Promise<LabelEvent[]>>();
  let found = new Map<string, Promise<LabelChanges | null>>();
  const judged = new Map<string, Promise<Map<Split, JudgedSlices>>>();

  function renew(next: object): void {
    if (version === next) return;
    version = next;
    labels = new Map();
    events = new Map();
    found = new Map();
  }

  const keyOf = ({ id, evaluated }: Run) => `${id} ${evaluated?.atMs ?? 0}`;

  function once<T>(kept: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
    const known = kept.get(key);
    if (known) return known;
    const reading = read();
    kept.set(key, reading);
    // A failed reading is tried again.
    reading.catch(() => kept.delete(key));
    return reading;
  }

  async function readNow(project: string, id: string): Promise<Now> {
    const [sets, shards] = await Promise.all([store.labelSets(project), store.shardIndexes(project, id)]);
    const set = sets.find((one) => one.id === id);
    return set ? { set, shards } : null;
  }

  async function readJudged(run: Run): Promise<Map<Split, JudgedSlices>> {
    const slices = new Map<Split, JudgedSlices>();
    for (const split of SPLITS) {
      const record = await store.predictions(run.id, split);
      // Without the probabilities, which are most of it.
      if (record) slices.set(split, { shard: record.shard, row: record.row, truth: record.truth });
    }
    return slices;
  }

  const now: LabelChangeReader['now'] = (project, next, run) => {
    renew(next);
    const { id } = labelSetOf(run);
    return once(labels, `${project} ${id}`, () => readNow(project, id));
  };

  async function read(project: string, next: object, run: Run): Promise<LabelChanges | null> {
    const predicted = once(judged, keyOf(run), () => readJudged(run));
    for (const old of judged.keys()) {
      if (judged.size <= KEPT) break;
      judged.delete(old);
    }
    const [today, slices, acts] = await Promise.all([
      now(project, next, run),
      predicted,
      once(events, project, () => store.labelEvents(project)),
    ]);
    if (!today) return null;
    const then = labelSetOf(run);
    // An evaluation on other data than the run's own is of its own time.
    const timeMs = run.evaluated?.datasets ? run.evaluated.atMs : run.createdMs;
    const of = (split: Split): SplitChanges | null => {
      const own = slices.get(split);
      if (!own) return null;
      return {
        after: changedSince(own, then, today.set, today.shards),
        before: correctedBefore(own, then, today.shards, acts, timeMs),
      };
    };
    return { train: of('train'), validate: of('validate'), test: of('test') };
  }

  return {
    now,
    of: (project, next, run) => {
      renew(next);
      return once(found, `${project} ${keyOf(run)}`, () => read(project, next, run));
    },
  };
}
