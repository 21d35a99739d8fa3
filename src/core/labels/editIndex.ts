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
  const places = new Map<string, number[]>();
  const add = (key: string, at: number) => {
    const list = places.get(key);
    if (!list) places.set(key, [at]);
    else if (list.at(-1) !== at) list.push(at);
  };
  edits.forEach(({ target }, at) => {
    if (target.kind === 'dataset') add(datasetPlace(target.dataset), at);
    else if (target.kind === 'slices') for (const { shard } of target.slices) add(shardPlace(shard), at);
    for (const { dataset, key } of seriesOf(target)) add(seriesPlace(dataset, key), at);
  });
  return {
    of: ({ shard, datasets, series }) => {
      const keys = new Set(series.map(seriesKey));
      const found = new Set(places.get(shardPlace(shard)));
      for (const dataset of datasets) {
        for (const at of places.get(datasetPlace(dataset)) ?? []) found.add(at);
        for (const key of keys) for (const at of places.get(seriesPlace(dataset, key)) ?? []) found.add(at);
      }
      return [...found].sort((a, b) => a - b).map((at) => edits[at]);
    },
  };
}

const shardPlace = (shard: number) => `shard ${shard}`;
const datasetPlace = (dataset: string) => `dataset ${dataset}`;
const seriesPlace = (dataset: string, key: string) => `series ${dataset}\n${key}`;
