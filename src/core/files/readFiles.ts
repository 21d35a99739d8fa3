/** The way from dropped files to slices, shared by ingest and classification. */

import type { FolderWords } from '../labels/folderWords.ts';
import { type DatasetFolder, datasetFolderOf } from './datasetFolder.ts';
import { decodeInOrder } from './decodeInOrder.ts';
import type { Reading } from './decoder.ts';
import { type Expansion, expand, expandFound } from './expand.ts';
import type { FileBatch, FileEntry } from './fileBatch.ts';
import { type ByteRange, type FileBytes, readFileBytes } from './fileBytes.ts';
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

/** The source of slices; `place` is where the file's bytes are. */
export type Source = { path: string; folder: DatasetFolder; place: Place };

export type Place = { blob: Blob; range: ByteRange };

/**
 * Reads and decodes files until there are no more, or `signal` aborts; afterwards no decoder is left.
 * @param take called with the slices of a file in batches, in the order of the drop, one at a time
 * @throws the signal's reason, or what `take` throws; errors of files are reported, never thrown
 */
export async function readFiles(
  batches: AsyncIterable<FileBatch[]>,
  parts: ReadParts,
  take: (slices: SliceBatch, source: Source) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const reader = openReader(parts);
  try {
    await reader.read(batches, take, signal, false);
  } finally {
    reader.close(signal.reason);
  }
}

/** Reads files, and frames of files that were read before, by the same workers. */
export type Reader = {
  /** As `readFiles`. @param glance `take` gets what files say before their pixels, and slices only of those that have no header */
  read(
    batches: AsyncIterable<FileBatch[]>,
    take: (slices: SliceBatch, source: Source) => Promise<void>,
    signal: AbortSignal,
    glance: boolean,
  ): Promise<void>;
  /** Frames of files, one file after the other; the last batch of each is marked. */
  look(files: readonly { place: Place; frames: readonly number[] }[]): AsyncIterable<SliceBatch>;
  /** Ends every worker at once. */
  close(reason: unknown): void;
};

export function openReader({ spawn, workers, key, preprocessing, words, reporter }: ReadParts): Reader {
  const pool = createPool({ spawn, size: workers, key, preprocessing });
  const expansion: Expansion = {
    manifests: new Map(),
    count: (files, bytes) => {
      reporter.progress.filesTotal += files;
      reporter.progress.bytesTotal += bytes;
    },
  };

  return {
    close: pool.terminate,

    read: (batches, take, signal, glance) => {
      const takeFile = async (file: FileEntry, slices: SliceBatch, blob: Blob) => {
        const { path, bytes, settled, head: _, ...range } = file;
        const folder = datasetFolderOf(path, expansion.manifests, words);
        const about = { path, dataset: folder.dataset };
        if (settled && 'remark' in settled) reporter.remark(about, settled.remark);
        for (const skip of slices.skips) reporter.skip(about, skip);
        if (slices.series) await take(slices, { path, folder, place: { blob, range } });
        if (slices.done) reporter.end(bytes);
      };
      return decodeInOrder(
        expand(batches, expansion),
        pool,
        takeFile,
        signal,
        (archives) => expandFound(archives, expansion),
        glance,
      );
    },

    look: (files) =>
      pool.open({
        files: files.length,
        bytes: files.reduce((sum, { place }) => sum + place.range.length, 0),
        load: (from, to) => Promise.all(files.slice(from, to).map(readFrames)),
      }),
  };
}

async function readFrames({
  place,
  frames,
}: {
  place: Place;
  frames: readonly number[];
}): Promise<FileBytes> {
  const [file] = await readFileBytes(place.blob, [place.range]);
  return { ...file, ask: { frames } };
}
