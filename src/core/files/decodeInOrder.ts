/** Runs batches of files through the decode workers and hands their slices over in the order of the drop. */
import { MOST_NESTED } from './archive.ts';
import type { FoundArchive } from './expand.ts';
import type { FileBatch, FileEntry } from './fileBatch.ts';
import { type FileBytes, readFileBytes } from './fileBytes.ts';
import type { Pool } from './pool.ts';
import { emptyBatch, type SliceBatch } from './sliceBatch.ts';

/** Batches read, decoded or waiting for their turn at once, per worker and besides: at least four. */
const AHEAD = 3;
/** Bytes of files in flight. One that is larger goes alone. */
const BYTES_IN_FLIGHT = 192 * 2 ** 20;
/** Time after which a batch that is not read lets the others pass, and what is added for its size. */
const LATE_MS = 5000;
const LATE_MS_PER_BYTE = 1000 / (4 * 2 ** 20);
/** Bytes of batches that let others pass: read at last, they wait in memory. */
const LATE_BYTES = 64 * 2 ** 20;

/** A batch whose files are being read since its first turn. */
type LateBatch = FileBatch & { reading: Promise<FileBytes[]> };

/**
 * The order makes two ingests of the same files equal, whatever finishes first. Slices whose turn has not come wait,
 * and their file is not asked for more, so that what waits is bounded. What a drive that hangs has not given in time
 * comes after all others.
 * @param take called with the slices of every file, one batch of them at a time; the next waits for its promise
 * @param reopen gives the files of what turned out to be archives; they come last
 */
export async function decodeInOrder(
  batches: AsyncIterable<FileBatch>,
  pool: Pool,
  take: (file: FileEntry, slices: SliceBatch) => Promise<void> | void,
  signal: AbortSignal,
  reopen: (archives: FoundArchive[]) => AsyncIterable<FileBatch>,
): Promise<void> {
  signal.throwIfAborted();
  /** Files of the round under way that are archives after all: opened when everything else has been taken. */
  const archives: FoundArchive[] = [];
  /** Batches of the round under way that were not read in time. */
  const late: LateBatch[] = [];
  let lateBytes = 0;
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let inFlight = 0;
  /** Resolves when everything before has been taken. */
  let turn: Promise<void> = Promise.resolve();
  /** Resolves when everything before is read, or late: the pool gets batches in their order. */
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

  /** What was read of a batch; null where it lets the others pass, or everything is over. */
  const inTime = async ({ reading }: LateBatch, bytes: number): Promise<FileBytes[] | null> => {
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

  const work = async (batch: FileBatch | LateBatch, bytes: number, before: Promise<void>) => {
    const { blob, entries } = batch;
    const [{ settled }] = entries;
    if (settled) {
      await before;
      await take(entries[0], emptyBatch('skip' in settled ? [settled.skip] : []));
      return;
    }
    const again = 'reading' in batch;
    const mine: LateBatch = again ? batch : { ...batch, reading: readFileBytes(blob, entries) };
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
      // Sent away with the first worker; one that comes after it reads again.
      const whole = from === 0 && to === entries.length ? read : null;
      read = null;
      return whole ?? readFileBytes(blob, entries.slice(from, to));
    };
    const decoded = pool.open({ files: entries.length, bytes, load });
    await before;
    let at = 0;
    for await (const slices of decoded) {
      const file = entries[at];
      if (!isUnopened(slices)) await take(file, slices);
      else if ((file.depth ?? 0) < MOST_NESTED) archives.push({ blob, file });
      else await take(file, { ...slices, skips: [{ code: 'archive', detail: 'inside two others' }] });
      if (slices.done) at++;
    }
  };

  const runAll = async (round: AsyncIterable<FileBatch> | LateBatch[]) => {
    for await (const batch of round) {
      const [{ settled }] = batch.entries;
      const bytes = settled ? 0 : batch.entries.reduce((sum, file) => sum + file.bytes, 0);
      await room(bytes);
      signal.throwIfAborted();
      if (failure) break;
      inFlight += bytes;
      const mine = work(batch, bytes, turn);
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
  const runRound = async (round: AsyncIterable<FileBatch>) => {
    await runAll(round);
    if (!failure && !signal.aborted) await runAll(late.splice(0));
    lateBytes = 0;
  };

  try {
    await runRound(batches);
    while (archives.length > 0 && !failure && !signal.aborted) await runRound(reopen(archives.splice(0)));
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
  if (failure) throw (failure as { error: unknown }).error;
}

/** Whether a file is one that opens, and was taken for an image. */
function isUnopened({ skips, done, count }: SliceBatch): boolean {
  const [skip] = skips;
  return done && count === 0 && skip?.code === 'archive' && (skip.detail === 'zip' || skip.detail === 'tar');
}
