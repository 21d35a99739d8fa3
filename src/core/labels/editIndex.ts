/** Finds, among all edits of a project, the few that may mean slices of one shard. */
import { seriesKey } from '../series.ts';
import type { LabelledRows } from './apply.ts';
import { type LabelEdit, type LabelEvent, seriesOf } from './event.ts';

/** Of edits in force by default. */
export type EditIndex<Edit extends LabelEdit = Extract<LabelEvent, { kind: 'edit' }>> = {
  /** In their order. */
  of(rows: Pick<LabelledRows, 'shard' | 'datasets' | 'series'>): Edit[];
};

/** @param edits in their order */
export function indexEdits<Edit extends LabelEdit>(edits: readonly Edit[]): EditIndex<Edit> {
  const ofShard = new Map<number, number[]>();
  const ofDataset = new Map<string, number[]>();
  /** By dataset, then by key: most datasets of a large project have no edit, and need no look at their series. */
  const ofSeries = new Map<string, Map<string, number[]>>();
  edits.forEach(({ target }, at) => {
    if (target.kind === 'dataset') add(ofDataset, target.dataset, at);
    else if (target.kind === 'slices') for (const { shard } of target.slices) add(ofShard, shard, at);
    for (const { dataset, key } of seriesOf(target)) {
      const own = ofSeries.get(dataset) ?? new Map<string, number[]>();
      ofSeries.set(dataset, own);
      add(own, key, at);
    }
  });
  return {
    of: ({ shard, datasets, series }) => {
      const found = new Set(ofShard.get(shard));
      let keys: Set<string> | null = null;
      for (const dataset of datasets) {
        for (const at of ofDataset.get(dataset) ?? []) found.add(at);
        const own = ofSeries.get(dataset);
        if (!own) continue;
        keys ??= new Set(series.map(seriesKey));
        for (const key of keys) for (const at of own.get(key) ?? []) found.add(at);
      }
      return [...found].sort((a, b) => a - b).map((at) => edits[at]);
    },
  };
}

function add<Key>(places: Map<Key, number[]>, key: Key, at: number): void {
  const list = places.get(key);
  if (!list) places.set(key, [at]);
  else if (list.at(-1) !== at) list.push(at);
}
