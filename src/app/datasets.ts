/** Commands on the datasets of the open project, and their figures. */

import type { ShardIndex } from '../core/dataset/shard.ts';
import { summarise } from '../core/dataset/summary.ts';
import { LABEL_SOURCES, LABELS, SLICE_BYTES, type SliceRef } from '../core/types.ts';
import type { DatasetRecord } from '../storage/port.ts';
import { attempt, type Context } from './context.ts';
import type { Actions, SliceCard, SliceQuery } from './state.ts';

export type DatasetCommands = Pick<
  Actions,
  'renameDataset' | 'setLocation' | 'setSplit' | 'removeDataset'
> & {
  /** Reads the project's datasets and figures anew. */
  refresh(): Promise<void>;
  /** A page of a dataset's slices, in the order they were stored. */
  datasetSlices(
    query: Extract<SliceQuery, { kind: 'dataset' }>,
  ): Promise<{ cards: SliceCard[]; total: number }>;
  /** Labels and datasets of slices given by reference. */
  cardsOf(refs: SliceRef[]): Promise<SliceCard[]>;
};

export function createDatasetCommands(context: Context): DatasetCommands {
  const { get, set, store, notify } = context;
  let records: DatasetRecord[] = [];
  let indexes: ShardIndex[] = [];

  async function refresh(): Promise<void> {
    const { id } = get().project;
    [records, indexes] = await Promise.all([store.datasets(id), store.shardIndexes(id)]);
    set({ datasets: summarise(indexes, records), storedBytes: await store.storedBytes() });
  }

  async function change(id: string, patch: Partial<DatasetRecord>): Promise<void> {
    const record = records.find((dataset) => dataset.id === id);
    if (!record) return;
    await store.putDatasets([{ ...record, ...patch }]);
    await refresh();
  }

  async function cardsOf(refs: SliceRef[]): Promise<SliceCard[]> {
    const pixels = await store.slicePixels(refs);
    return refs.map((ref, i) => card(ref, pixels[i], indexes, records));
  }

  return {
    refresh,
    cardsOf,

    renameDataset: async (id, name) => {
      const trimmed = name.trim();
      if (trimmed) await attempt(context, 'The name was not changed.', () => change(id, { name: trimmed }));
    },

    setLocation: async (id, location) => {
      await attempt(context, 'The location was not changed.', () =>
        change(id, { location: location.trim() }),
      );
    },

    setSplit: async (id, split) => {
      await attempt(context, 'The split was not changed.', () => change(id, { split, splitFrom: 'user' }));
    },

    removeDataset: async (id) => {
      const record = records.find((dataset) => dataset.id === id);
      if (!record) return;
      await attempt(context, 'The dataset was not removed.', async () => {
        await store.removeDataset(id);
        await refresh();
        notify({
          tone: 'info',
          title: `Removed “${record.name}”.`,
          detail: 'Its slices are freed when the app is next opened.',
          next: '',
          action: {
            label: 'Undo',
            run: () =>
              void attempt(context, 'The dataset was not restored.', async () => {
                await store.restoreDataset(record);
                await refresh();
              }),
          },
        });
      });
    },

    datasetSlices: async ({ dataset, offset, limit }) => {
      const refs: SliceRef[] = [];
      let total = 0;
      for (const index of indexes) {
        const number = index.datasets.indexOf(dataset);
        if (number < 0) continue;
        for (let row = 0; row < index.count; row++) {
          if (index.dataset[row] !== number || index.removed[row]) continue;
          if (total >= offset && refs.length < limit) refs.push({ shard: index.shard, row });
          total++;
        }
      }
      return { cards: await cardsOf(refs), total };
    },
  };
}

function card(ref: SliceRef, pixels: Uint8Array, indexes: ShardIndex[], records: DatasetRecord[]): SliceCard {
  // A shard whose slices were all removed is gone, while predictions may still point at it.
  const index = indexes.find(({ shard }) => shard === ref.shard);
  const dataset = index?.datasets[index.dataset[ref.row]];
  return {
    ...ref,
    key: `${ref.shard}:${ref.row}`,
    label: index ? LABELS[index.label[ref.row]] : 'other',
    source: index ? LABEL_SOURCES[index.source[ref.row]] : 'tag',
    dataset: records.find(({ id }) => id === dataset)?.name ?? 'removed',
    pixels: pixels.subarray(0, SLICE_BYTES),
    predicted: null,
    confidence: null,
  };
}
