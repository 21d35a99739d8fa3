/** Reads a folder of datasets like a drop in the app, but into memory instead of the browser's storage. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { leakingRows } from '../../src/core/dataset/leaks.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { DatasetRecord } from '../../src/core/dataset/record.ts';
import type { ShardIndex } from '../../src/core/dataset/shard.ts';
import type { DecodeFile } from '../../src/core/files/decoder.ts';
import { createFeed } from '../../src/core/files/feed.ts';
import { packFileBatches } from '../../src/core/files/fileBatch.ts';
import { isManifest } from '../../src/core/files/manifest.ts';
import { decodeFile } from '../../src/core/formats/decode.ts';
import { ingest } from '../../src/core/ingest/ingest.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { type SliceTable, sliceTable } from '../../src/core/train/table.ts';
import type { Split } from '../../src/core/types.ts';
import { memoryStore, pretendedWorkers } from '../../test/fakes/ingest.ts';
import { isKept } from './score.ts';

export type Corpus = {
  records: DatasetRecord[];
  /** Shard numbers are unique across all corpora. */
  shards: (ShardIndex & { pixels: Uint8Array })[];
};

/** Of core/codecs. */
const NOT_LOADED = 'its decoder could not be loaded';

let shardsRead = 0;

/**
 * @param decode another decoder of files than the app's
 * @throws if a decoder cannot be loaded: its files would be missing from every figure
 */
export async function readCorpus(folder: string, decode: DecodeFile = decodeFile): Promise<Corpus> {
  const store = await memoryStore();
  // The description of the datasets comes first, as when a user picks a whole folder.
  const files = filesBelow(folder).sort((a, b) => Number(isManifest(b)) - Number(isManifest(a)));
  const items = files.map((path) => ({
    path: relative(folder, path).split(sep).join('/'),
    file: new Blob([readFileSync(path)]),
  }));
  let lost = false;
  const feed = createFeed();
  void feed.push(packFileBatches(items), false);
  await ingest(
    { store, spawn: pretendedWorkers(decode).spawn, workers: 1, nowMs: () => performance.now() },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    {
      signal: new AbortController().signal,
      emit: (event) => {
        if (event.kind === 'skipped') lost ||= event.files.some(({ reason }) => reason.includes(NOT_LOADED));
      },
    },
  );
  if (lost) throw new Error('A decoder of compressed images could not be loaded.');
  const first = shardsRead;
  shardsRead += store.shards.length;
  return {
    records: [...store.records.values()],
    shards: store.shards.map((shard) => ({ ...shard, shard: first + shard.shard })),
  };
}

/** Joins several corpora into one, like one drop of all of them. */
export function together(...corpora: readonly Corpus[]): Corpus {
  return {
    records: corpora.flatMap(({ records }) => records),
    shards: corpora.flatMap(({ shards }) => shards),
  };
}

/**
 * The labelled slices of some splits, without patients in two splits.
 * @param limit greatest number of slices of one modality from a dataset, spread evenly
 */
export function tableOf(
  { records, shards }: Corpus,
  splits: readonly Split[],
  limit = Number.POSITIVE_INFINITY,
): SliceTable {
  const wanted = records.filter(({ split }) => splits.includes(split)).map(({ id }) => id);
  const shared = splits.length === 1 ? leakingRows(shards, records) : new Map<number, Uint8Array>();
  return sliceTable(shards, new Set(wanted), DEFAULT_SET.classes.length, thinned(shards, shared, limit));
}

/** The existing exclusions, plus all but `limit` of each dataset's slices of each label. */
function thinned(
  shards: readonly ShardIndex[],
  shared: ReadonlyMap<number, Uint8Array>,
  limit: number,
): ReadonlyMap<number, Uint8Array> {
  const key = (index: ShardIndex, row: number) => `${index.datasets[index.dataset[row]]} ${index.label[row]}`;
  const counts = new Map<string, number>();
  for (const index of shards)
    for (let row = 0; row < index.count; row++)
      counts.set(key(index, row), (counts.get(key(index, row)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return new Map(
    shards.map((index) => {
      const out = Uint8Array.from({ length: index.count }, (_, row) => shared.get(index.shard)?.[row] ?? 0);
      for (let row = 0; row < index.count; row++) {
        const own = key(index, row);
        const at = seen.get(own) ?? 0;
        seen.set(own, at + 1);
        if (!isKept(at, counts.get(own)!, limit)) out[row] = 1;
      }
      return [index.shard, out];
    }),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
