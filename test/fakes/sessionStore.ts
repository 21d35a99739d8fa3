/** A training's records in memory, with what happens to a project meanwhile: labels, removals, compaction. */
import type { BaselineStore } from '../../src/core/baselines/session.ts';
import type { DatasetRecord } from '../../src/core/dataset/record.ts';
import type { ShardIndex } from '../../src/core/dataset/shard.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { CheckpointRecord, PredictionRecord, RunRecord } from '../../src/core/train/record.ts';
import type { SliceRef, Split } from '../../src/core/types.ts';

export type MemoryStore = BaselineStore & {
  addShard(shard: Omit<ShardIndex, 'shard'> & { pixels: readonly Uint8Array[] }): void;
  labelSlices(refs: readonly SliceRef[], label: number): void;
  /** Marks a dataset's slices removed; `compact` then drops them. */
  removeDataset(id: string): void;
  compact(): void;
  deleteRun(id: string): void;
  predictions(run: string, split: Split): PredictionRecord | null;
};

export function createMemoryStore(): MemoryStore {
  const runs = new Map<string, RunRecord>();
  const datasets = new Map<string, DatasetRecord>();
  const shards: { index: ShardIndex; pixels: Uint8Array }[] = [];
  const checkpoints = new Map<string, CheckpointRecord>();
  const aside = new Map<string, CheckpointRecord>();
  const predictions = new Map<string, PredictionRecord>();
  // As of a database: nobody shares an object with what is stored.
  const copy = structuredClone;

  return {
    run: async (id) => copy(runs.get(id) ?? null),
    putRun: async (record) => void runs.set(record.id, copy(record)),
    putJudged: async (record, judged, replaces) => {
      for (const id of replaces) runs.delete(id);
      runs.set(record.id, copy(record));
      for (const one of judged) predictions.set(`${one.run} ${one.split}`, copy(one));
    },
    datasets: async () => copy([...datasets.values()].sort((a, b) => (a.id < b.id ? -1 : 1))),
    putDatasets: async (records) => {
      for (const record of records) datasets.set(record.id, copy(record));
    },
    labelSets: async () => [DEFAULT_SET],
    shardIndexes: async () => copy(shards.map(({ index }) => index)),
    shardPixels: async (shard) => copy(shards.find(({ index }) => index.shard === shard)!.pixels),
    putCheckpoint: async (record) => void checkpoints.set(record.run, copy(record)),
    latestCheckpoint: async (run) => copy(checkpoints.get(run) ?? null),
    putAside: async (record) => void aside.set(record.run, copy(record)),
    aside: async (run) => copy(aside.get(run) ?? null),
    keepWeights: async (run) => {
      const checkpoint = checkpoints.get(run);
      if (checkpoint) checkpoint.trainer.momentum = new Map();
    },
    putPredictions: async (record) => void predictions.set(`${record.run} ${record.split}`, copy(record)),

    addShard: ({ pixels: [pixels], ...columns }) => {
      shards.push(copy({ index: { ...columns, shard: shards.length + 1 }, pixels }));
    },
    labelSlices: (refs, label) => {
      for (const { shard, row } of refs) shards[shard - 1].index.label[row] = label;
    },
    removeDataset: (id) => {
      datasets.delete(id);
      for (const { index } of shards) {
        const removed = index.datasets.indexOf(id);
        index.removed = index.removed.map((mark, row) => (index.dataset[row] === removed ? 1 : mark));
      }
    },
    compact: () => {
      for (const { index } of shards) index.removed = index.removed.map((mark) => (mark === 1 ? 2 : mark));
    },
    deleteRun: (id) => {
      runs.delete(id);
      checkpoints.delete(id);
      for (const key of predictions.keys()) if (key.startsWith(`${id} `)) predictions.delete(key);
    },
    predictions: (run, split) => predictions.get(`${run} ${split}`) ?? null,
  };
}
