/** The way from dropped files to slices, shared by ingest and classification. */

import type { FolderWords } from '../labels/folderWords.ts';
import { type DatasetFolder, datasetFolderOf } from './datasetFolder.ts';
import { decodeInOrder } from './decodeInOrder.ts';
import type { Reading } from './decoder.ts';
import { type Expansion, expand, expandFound } from './expand.ts';
import type { FileBatch, FileEntry } from './fileBatch.ts';
import { createPool, type Decoder } from './pool.ts';
import type { Reporter } from './reporter.ts';
import type { SliceBatch } from './sliceBatch.ts';

export type ReadParts = {
  /** Starts a decode worker. */
  spawn: () => Decoder;
  /** Maximum number of decode workers. */
  workers: number;
  /** The project's key for hashing identifiers. */
  key: CryptoKey;
  preprocessing: Reading;
  /** Names of folders that are kept; without it those of the default label set. */
  words?: FolderWords;
  /** Gets every file and its outcome; `progress.slices` and labels are the caller's. */
  reporter: Reporter;
};

/** The source of slices. */
export type Source = { path: string; folder: DatasetFolder };

/**
 * Reads and decodes files until there are no more, or `signal` aborts; afterwards no decoder is left.
 * @param take called with the slices of a file in batches, in the order of the drop, one at a time
 * @throws the signal's reason, or what `take` throws; errors of files are reported, never thrown
 */
export async function readFiles(
  batches: AsyncIterable<FileBatch[]>,
  { spawn, workers, key, preprocessing, words, reporter }: ReadParts,
  take: (slices: SliceBatch, source: Source) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const pool = createPool({ spawn, size: workers, key, preprocessing });
  const expansion: Expansion = {
    manifests: new Map(),
    count: (files, bytes) => {
      reporter.progress.filesTotal += files;
      reporter.progress.bytesTotal += bytes;
    },
  };

  const takeFile = async (file: FileEntry, slices: SliceBatch) => {
    const { path, bytes, settled } = file;
    const folder = datasetFolderOf(path, expansion.manifests, words);
    const about = { path, dataset: folder.dataset };
    if (settled && 'remark' in settled) reporter.remark(about, settled.remark);
    for (const skip of slices.skips) reporter.skip(about, skip);
    if (slices.series) await take(slices, { path, folder });
    if (slices.done) reporter.end(bytes);
  };

  try {
    await decodeInOrder(expand(batches, expansion), pool, takeFile, signal, (archives) =>
      expandFound(archives, expansion),
    );
  } finally {
    pool.terminate(signal.reason);
  }
}
