/** Runs parcels through the decode workers and hands their slices over in the order of the drop. */

import { MOST_NESTED } from './archive.ts';
import { type Chunk, emptyChunk } from './chunk.ts';
import type { Aside, FileTask, Parcel } from './expand.ts';
import { readFiles } from './pairs.ts';
import type { Pool } from './pool.ts';

/** Parcels read, decoded or waiting for their turn at once, per worker and besides: at least four. */
const AHEAD = 3;
/** Bytes of files in flight. One that is larger goes alone. */
const BYTES_IN_FLIGHT = 192 * 2 ** 20;

/** A file that decoding showed to be an archive. */
export type FoundArchive = { blob: Blob; file: FileTask };

/**
 * The order makes two ingests of the same files equal, whatever finishes first. A chunk whose turn has not come
 * waits, and its file is not asked for more, so that what waits is bounded.
 * @param take called with every chunk of every file, one at a time; the next waits for its promise
 * @param reopen gives the parcels of files that turned out to be archives; they come last
 */
export async function runJob(
  parcels: AsyncIterable<Parcel | Aside>,
  pool: Pool,
  take: (file: FileTask | Aside, chunk: Chunk) => Promise<void> | void,
  signal: AbortSignal,
  reopen: (archives: FoundArchive[]) => AsyncIterable<Parcel | Aside>,
): Promise<void> {
  signal.throwIfAborted();
  /** Files of the round under way that are archives after all: opened when everything else has been taken. */
  const archives: FoundArchive[] = [];
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let inFlight = 0;
  /** Resolves when everything before has been taken. */
  let turn: Promise<void> = Promise.resolve();

  const abort = () => pool.terminate(signal.reason);
  signal.addEventListener('abort', abort, { once: true });

  const room = async (bytes: number) => {
    const full = () => running.size >= pool.size * AHEAD + 1 || inFlight + bytes > BYTES_IN_FLIGHT;
    while (running.size > 0 && full() && !failure) await Promise.race(running);
  };

  const work = async (parcel: Parcel | Aside, bytes: number, before: Promise<void>) => {
    if (!('files' in parcel)) {
      await before;
      await take(parcel, emptyChunk('skip' in parcel ? [parcel.skip] : []));
      return;
    }
    const { blob, files } = parcel;
    const load = (from: number, to: number) => readFiles(blob, files.slice(from, to));
    const chunks = pool.open({ files: files.length, bytes, load });
    await before;
    let at = 0;
    for await (const chunk of chunks) {
      const file = files[at];
      const depth = file.depth ?? 0;
      if (!isUnopened(chunk)) await take(file, chunk);
      else if (depth < MOST_NESTED) archives.push({ blob, file });
      else await take(file, { ...chunk, skips: [{ code: 'archive', detail: 'inside two others' }] });
      if (chunk.done) at++;
    }
  };

  const runAll = async (round: AsyncIterable<Parcel | Aside>) => {
    for await (const parcel of round) {
      const bytes = 'files' in parcel ? parcel.files.reduce((sum, file) => sum + file.bytes, 0) : 0;
      await room(bytes);
      signal.throwIfAborted();
      if (failure) break;
      inFlight += bytes;
      const mine = work(parcel, bytes, turn);
      turn = mine;
      const tracked = mine
        .catch((error: unknown) => {
          failure ??= { error };
          pool.terminate(error);
        })
        .finally(() => {
          inFlight -= bytes;
          running.delete(tracked);
        });
      running.add(tracked);
    }
    await Promise.all(running);
  };

  try {
    await runAll(parcels);
    while (archives.length > 0 && !failure && !signal.aborted) await runAll(reopen(archives.splice(0)));
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
  if (failure) throw (failure as { error: unknown }).error;
}

/** Whether a file is one that opens, and was taken for an image. */
function isUnopened({ skips, done, count }: Chunk): boolean {
  const [skip] = skips;
  return done && count === 0 && skip?.code === 'archive' && (skip.detail === 'zip' || skip.detail === 'tar');
}
