/** Ingest: every new slice of the dropped files, labelled and committed shard by shard. */

import type { DatasetRecord } from '../dataset/dataset.ts';
import type { KeySet } from '../dataset/keys.ts';
import { labelOf } from '../dataset/labels.ts';
import type { IngestOptions } from '../dataset/options.ts';
import { type Place, placeOf } from '../dataset/place.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { elapsedMs } from '../elapsed.ts';
import { LabError } from '../errors.ts';
import { type Aside, expand, expandFound, type FileTask, type Found } from '../files/expand.ts';
import type { Lot } from '../files/fileBatch.ts';
import { type FoundArchive, runJob } from '../files/job.ts';
import type { Manifest } from '../files/manifest.ts';
import { createPool, type Decoder } from '../files/pool.ts';
import { createReporter } from '../files/reporter.ts';
import type { Chunk } from '../files/sliceBatch.ts';
import { createOrigins } from '../files/sources.ts';
import type { CallContext } from '../rpc.ts';
import { KEY_BYTES, SLICE_BYTES } from '../types.ts';
import { createShardBuilder, type FilledShard } from './builder.ts';
import { type Catalog, createCatalog } from './catalog.ts';
import type { IngestEvent, IngestSummary } from './contract.ts';
import { createHealer, type Healer, type HealStore, knownSlices } from './heal.ts';
import { labelRemark } from './labelRemark.ts';
import { createWaiting } from './waiting.ts';

/** What ingest needs of the storage port. */
export type IngestStore = HealStore & {
  projects(): Promise<{ id: string; key: CryptoKey }[]>;
  datasets(project: string): Promise<DatasetRecord[]>;
  putDatasets(records: DatasetRecord[]): Promise<void>;
  shardIndexes(project: string): Promise<ShardIndex[]>;
  commitShard(shard: FilledShard, datasets: DatasetRecord[]): Promise<number>;
};

export type IngestParts = { store: IngestStore; spawn: () => Decoder; workers: number };

/**
 * Ends when the lots do. Cancelled or failed, what was decoded until then is committed all the same, where the
 * storage still takes it.
 */
export async function ingest(
  { store, spawn, workers }: IngestParts,
  args: { project: string; lots: AsyncIterable<Lot[]>; options: IngestOptions },
  { signal, emit }: CallContext<IngestEvent>,
): Promise<IngestSummary> {
  const begun = elapsedMs();
  const { project, options } = args;
  const key = await projectKey(store, project);
  const indexes = await store.shardIndexes(project);
  const known = knownSlices(indexes);
  const healer = createHealer(store, known);
  const manifests = new Map<string, Manifest>();
  const catalog = await createCatalog(store, { project, key, indexes }, (name) =>
    emit({ kind: 'folder', name }),
  );
  const waiting = createWaiting<() => Promise<void>>(catalog);
  const reporter = createReporter(emit);
  const origins = createOrigins((told) => emit({ kind: 'origins', origins: told }));
  const shards = createCommitter(project, store, catalog, healer, emit);
  const pool = createPool({ spawn, size: workers, key, preprocessing: options });
  const found: Found = (count, bytes) => {
    reporter.progress.filesTotal += count;
    reporter.progress.bytesTotal += bytes;
  };
  const parcels = expand(args.lots, manifests, found);
  const reopen = (archives: FoundArchive[]) => expandFound(archives, manifests, found);

  let healed = 0;
  const take = async (file: FileTask | Aside, chunk: Chunk) => {
    const place = placeOf(file.path, manifests);
    const about = { path: file.path, dataset: place.dataset };
    if ('remark' in file) reporter.remark(about, file.remark);
    for (const skip of chunk.skips) reporter.skip(about, skip);
    if (chunk.series) {
      origins.add(file.path, chunk);
      const series = { ...chunk.series, folder: place.folder };
      const labelled = labelOf(series.modalityTag, series.folder, options.labelMap);
      reporter.gave(labelled.label);
      const remark = labelRemark(series, options.labelMap);
      if (remark) reporter.remark(about, remark);
      const keep = async () => {
        const { added, healed: again } = await shards.add({ ...chunk, series }, place, labelled, known.keys);
        reporter.progress.slices += added;
        reporter.progress.known += chunk.count - added - again;
        healed += again;
      };
      for (const kept of await waiting.add(chunk, place, keep)) await kept();
    }
    if (chunk.done) reporter.end(file.bytes);
  };

  const failures: unknown[] = [];
  const note = (error: unknown) => {
    failures.push(error);
  };
  await runJob(parcels, pool, take, signal, reopen).catch(note);
  pool.terminate(signal.reason);
  origins.flush();
  // Of a drop that ended early, what waits is left out: the same drop reads it again, and knows more then.
  const whole = failures.length === 0;
  const keepRest = async () => {
    for (const kept of await waiting.rest()) await kept();
  };
  if (whole) await keepRest().catch(note);
  await shards.finish().catch(note);
  await healer.finish().catch(note);
  await catalog.finish(whole && failures.length === 0).catch(note);
  reporter.stop();
  // The last one: that what was decoded could not be kept matters more than that the job was cancelled.
  if (failures.length > 0) throw failures.at(-1);
  return {
    progress: reporter.progress,
    seconds: (elapsedMs() - begun) / 1000,
    datasets: catalog.touched(),
    healed,
  };
}

type Committer = {
  /** Adds the slices that are new, and heals those that are known but damaged; returns how many of each. */
  add(
    chunk: Chunk,
    place: Place,
    what: Omit<ReturnType<typeof labelOf>, 'known'>,
    known: KeySet,
  ): Promise<{ added: number; healed: number }>;
  /** Commits what is left. */
  finish(): Promise<void>;
};

/** Commits one shard while the next fills: two in memory at most. */
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
    committing = store.commitShard(shard, catalog.records(shard.datasets)).then(() => {
      catalog.count(shard);
      emit({ kind: 'committed', slices: shard.count });
    });
    // Whoever commits next, or finishes, gets the failure.
    committing.catch(() => {});
  };

  return {
    add: async (chunk, place, { label, source }, known) => {
      const dataset = (await catalog.idOf(place, chunk.series!, true))!;
      let added = 0;
      let healed = 0;
      for (let at = 0; at < chunk.count; at++) {
        if (!known.add(chunk.keys, at * KEY_BYTES)) {
          const pixels = chunk.pixels.subarray(at * SLICE_BYTES, (at + 1) * SLICE_BYTES);
          if (await healer.offer(chunk.keys, at * KEY_BYTES, pixels)) healed++;
          continue;
        }
        builder.add(chunk, at, { dataset, label, source });
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

async function projectKey(store: IngestStore, project: string): Promise<CryptoKey> {
  const found = (await store.projects()).find(({ id }) => id === project);
  if (found) return found.key;
  throw new LabError(
    'project-missing',
    'This project is no longer stored.',
    'Nothing was stored.',
    'Open or make another project, then drop the files again.',
  );
}
