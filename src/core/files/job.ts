/** Runs parcels through the decode workers and hands their slices over in the order of the drop. */

import { MOST_NESTED } from './archive.ts';
import type { Aside, FileTask, Parcel } from './expand.ts';
import type { PackedFile } from './fileBytes.ts';
import { readFiles } from './pairs.ts';
import type { Pool } from './pool.ts';
import { type Chunk, emptyChunk } from './sliceBatch.ts';

/** Parcels read, decoded or waiting for their turn at once, per worker and besides: at least four. */
const AHEAD = 3;
/** Bytes of files in flight. One that is larger goes alone. */
const BYTES_IN_FLIGHT = 192 * 2 ** 20;
/** Time after which a parcel that is not read lets the others pass, and what is added for its size. */
const LATE_MS = 5000;
const LATE_MS_PER_BYTE = 1000 / (4 * 2 ** 20);
/** Bytes of parcels that let others pass: read at last, they wait in memory. */
const LATE_BYTES = 64 * 2 ** 20;

/** A file that decoding showed to be an archive. */
export type FoundArchive = { blob: Blob; file: FileTask };

/** A parcel whose files are being read since its first turn. */
type Late = Parcel & { reading: Promise<PackedFile[]> };

/**
 * The order makes two ingests of the same files equal, whatever finishes first. A chunk whose turn has not come
 * waits, and its file is not asked for more, so that what waits is bounded. What a drive that hangs has not given in
 * time comes after all others.
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
  /** Parcels of the round under way that were not read in time. */
  const late: Late[] = [];
  let lateBytes = 0;
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let inFlight = 0;
  /** Resolves when everything before has been taken. */
  let turn: Promise<void> = Promise.resolve();
  /** Resolves when everything before is read, or late: the pool gets parcels in their order. */
  let opened: Promise<unknown> = Promise.resolve();

  let giveUp = () => {};
  const over = new Promise<null>((resolve) => {
    giveUp = () => resolve(null);
  });
  const end = (reason: unknown) => {
    pool.terminate(reason);
    giveUp();
  };
  const abort = () => end(signal.reason);
  signal.addEventListener('abort', abort, { once: true });

  const room = async (bytes: number) => {
    const full = () => running.size >= pool.size * AHEAD + 1 || inFlight + bytes > BYTES_IN_FLIGHT;
    while (running.size > 0 && full() && !failure) await Promise.race(running);
  };

  /** What was read of a parcel; null where it lets the others pass, or everything is over. */
  const inTime = async ({ reading }: Late, bytes: number): Promise<PackedFile[] | null> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), LATE_MS + bytes * LATE_MS_PER_BYTE);
    });
    const first = await Promise.race([reading, tooLate, over]);
    clearTimeout(timer);
    if (first !== 'late') return first;
    if (lateBytes > 0 && lateBytes + bytes > LATE_BYTES) return Promise.race([reading, over]);
    lateBytes += bytes;
    return null;
  };

  const work = async (parcel: Parcel | Late | Aside, bytes: number, before: Promise<void>) => {
    if (!('files' in parcel)) {
      await before;
      await take(parcel, emptyChunk('skip' in parcel ? [parcel.skip] : []));
      return;
    }
    const { blob, files } = parcel;
    const again = 'reading' in parcel;
    const mine: Late = again ? parcel : { ...parcel, reading: readFiles(blob, files) };
    const isOpened = opened;
    const arrived = again ? Promise.race([mine.reading, over]) : inTime(mine, bytes);
    opened = arrived.then(() => isOpened);
    let read = await arrived;
    await isOpened;
    if (!read) {
      if (signal.aborted || failure) return;
      late.push(mine);
      await before;
      return;
    }
    const load = async (from: number, to: number) => {
      // Sent away with the first worker; whoever comes after it reads again.
      const whole = from === 0 && to === files.length ? read : null;
      read = null;
      return whole ?? readFiles(blob, files.slice(from, to));
    };
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

  const runAll = async (round: AsyncIterable<Parcel | Aside> | Late[]) => {
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
          end(error);
        })
        .finally(() => {
          inFlight -= bytes;
          running.delete(tracked);
        });
      running.add(tracked);
    }
    await Promise.all(running);
  };
  const runRound = async (round: AsyncIterable<Parcel | Aside>) => {
    await runAll(round);
    if (!failure && !signal.aborted) await runAll(late.splice(0));
    lateBytes = 0;
  };

  try {
    await runRound(parcels);
    while (archives.length > 0 && !failure && !signal.aborted) await runRound(reopen(archives.splice(0)));
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
