/** Ingest: commits every new slice of the dropped files, shard by shard. */

import type { KeySet } from '../dataset/keys.ts';
import type { IngestOptions } from '../dataset/options.ts';
import type { DatasetRecord } from '../dataset/record.ts';
import type { NewShard, ShardIndex } from '../dataset/shard.ts';
import { LabError } from '../errors.ts';
import type { DatasetFolder } from '../files/datasetFolder.ts';
import type { FileBatch } from '../files/fileBatch.ts';
import type { Decoder } from '../files/pool.ts';
import { readFiles, type Source } from '../files/readFiles.ts';
import { createReporter } from '../files/reporter.ts';
import type { SliceBatch } from '../files/sliceBatch.ts';
import { createSources } from '../files/sources.ts';
import { folderWords } from '../labels/folderWords.ts';
import { type LabelSet, NO_CLASS } from '../labels/labelSet.ts';
import { propose } from '../labels/propose.ts';
import type { CallContext } from '../rpc.ts';
import { KEY_BYTES, SLICE_BYTES } from '../types.ts';
import { createShardBuilder } from './builder.ts';
import { type Catalog, createCatalog } from './catalog.ts';
import type { IngestEvent, IngestSummary } from './contract.ts';
import { createHealer, type Healer, type HealStore, knownSlices } from './heal.ts';
import { labelRemark } from './labelRemark.ts';
import { createWaiting } from './waiting.ts';

/** The part of the storage port that ingest needs. */
export type IngestStore = HealStore & {
  projects(): Promise<{ id: string; key: CryptoKey; labelSet: string }[]>;
  labelSets(project: string): Promise<LabelSet[]>;
  datasets(project: string): Promise<DatasetRecord[]>;
  putDatasets(records: DatasetRecord[]): Promise<void>;
  shardIndexes(project: string, set?: string): Promise<ShardIndex[]>;
  /** @returns the columns as stored, with the labels of the project's chosen set */
  commitShard(shard: NewShard, datasets: DatasetRecord[]): Promise<ShardIndex>;
};

export type IngestParts = { store: IngestStore; spawn: () => Decoder; workers: number; nowMs: () => number };

/**
 * Ends with the files. If it is cancelled or fails, slices decoded until then are still committed, if the
 * storage accepts them.
 */
export async function ingest(
  { store, spawn, workers, nowMs }: IngestParts,
  args: { project: string; batches: AsyncIterable<FileBatch[]>; options: IngestOptions },
  { signal, emit }: CallContext<IngestEvent>,
): Promise<IngestSummary> {
  const begunMs = nowMs();
  const { project, batches, options } = args;
  const { key, labelSet } = await findProject(store, project);
  const sets = await store.labelSets(project);
  const set = sets.find(({ id }) => id === labelSet) ?? sets[0];
  const indexes = await store.shardIndexes(project, set.id);
  const known = knownSlices(indexes);
  const healer = createHealer(store, known);
  const catalog = await createCatalog(store, { project, key, indexes, set }, (name) =>
    emit({ kind: 'folder', name }),
  );
  const waiting = createWaiting<() => Promise<void>>(catalog);
  const reporter = createReporter(emit);
  const sources = createSources((found) => emit({ kind: 'sources', sources: found }));
  const shards = createCommitter(project, store, catalog, healer, emit);

  let healed = 0;
  const take = async (slices: SliceBatch, { path, folder }: Source) => {
    sources.add(path, slices);
    const series = { ...slices.series!, folders: folder.folders };
    reporter.gave(propose(series, sets[0]).label === NO_CLASS ? 'other' : 'any');
    const remark = labelRemark(series, sets[0]);
    if (remark) reporter.remark({ path, dataset: folder.dataset }, remark);
    const keep = async () => {
      const { added, healed: again } = await shards.add({ ...slices, series }, folder, known.keys);
      reporter.progress.slices += added;
      reporter.progress.known += slices.count - added - again;
      healed += again;
    };
    for (const kept of await waiting.add(slices, folder, keep)) await kept();
  };

  const failures: unknown[] = [];
  const note = (error: unknown) => {
    failures.push(error);
  };
  const parts = { spawn, workers, key, preprocessing: options, words: folderWords(sets), reporter };
  await readFiles(batches, parts, take, signal).catch(note);
  sources.flush();
  // Discard waiting slices of a drop that ended early: repeating the drop reads them again with more evidence.
  const whole = failures.length === 0;
  const keepRest = async () => {
    for (const kept of await waiting.rest()) await kept();
  };
  if (whole) await keepRest().catch(note);
  await shards.finish().catch(note);
  await healer.finish().catch(note);
  await catalog.finish(whole && failures.length === 0).catch(note);
  reporter.stop();
  // The last error wins: failing to keep decoded slices matters more than the cancellation.
  if (failures.length > 0) throw failures.at(-1);
  return {
    progress: reporter.progress,
    seconds: (nowMs() - begunMs) / 1000,
    datasets: catalog.touched(),
    healed,
  };
}

type Committer = {
  /** Adds new slices and heals known but damaged ones; returns both counts. */
  add(slices: SliceBatch, folder: DatasetFolder, known: KeySet): Promise<{ added: number; healed: number }>;
  /** Commits the rest. */
  finish(): Promise<void>;
};

/** Commits one shard while the next fills: at most two in memory. */
function createCommitter(
  project: string,
  store: IngestStore,
  catalog: Catalog,
  healer: Healer,
  emit: (event: IngestEvent) => void,
): Committer {
  const builder = createShardBuilder(project);
  let committing: Promise<void> = Promise.resolve();

  const commit = async () => {
    await committing;
    if (builder.count === 0) return;
    const shard = builder.finish();
    committing = store.commitShard(shard, catalog.records(shard.datasets)).then((stored) => {
      catalog.count(stored);
      emit({ kind: 'committed', slices: shard.count });
    });
    // The next commit, or the end, rethrows the failure.
    committing.catch(() => {});
  };

  return {
    add: async (slices, folder, known) => {
      const dataset = (await catalog.idOf(folder, slices.series!, true))!;
      let added = 0;
      let healed = 0;
      for (let at = 0; at < slices.count; at++) {
        if (!known.add(slices.key, at * KEY_BYTES)) {
          const pixels = slices.pixels.subarray(at * SLICE_BYTES, (at + 1) * SLICE_BYTES);
          if (await healer.offer(slices.key, at * KEY_BYTES, pixels)) healed++;
          continue;
        }
        builder.add(slices, at, dataset);
        added++;
        if (builder.full) await commit();
      }
      return { added, healed };
    },
    finish: async () => {
      await commit();
      await committing;
    },
  };
}

async function findProject(store: IngestStore, project: string) {
  const found = (await store.projects()).find(({ id }) => id === project);
  if (found) return found;
  throw new LabError(
    'project-missing',
    'This project is no longer stored.',
    'Nothing was stored.',
    'Open or make another project, then drop the files again.',
  );
}
