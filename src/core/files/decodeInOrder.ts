/** Runs batches of files through the decode workers and passes on their slices in the order of the drop. */
import { timeLimit } from '../deadline.ts';
import { MOST_NESTED } from './archive.ts';
import type { FoundArchive } from './expand.ts';
import type { FileBatch, FileEntry } from './fileBatch.ts';
import { type FileBytes, readFileBytes } from './fileBytes.ts';
import { beginningBytes, byFile, readBeginnings, readOn } from './glance.ts';
import type { Pool } from './pool.ts';
import { emptyBatch, type SliceBatch } from './sliceBatch.ts';

/** Maximum batches in flight (reading, decoding or waiting): per worker, plus a constant, at least four. */
const AHEAD = 3;
/** Maximum bytes of files in flight. A larger file goes alone. */
const BYTES_IN_FLIGHT = 192 * 2 ** 20;
/** Time after which an unread batch lets others pass, plus time for its size. */
const LATE_MS = 5000;
const LATE_MS_PER_BYTE = 1000 / (4 * 2 ** 20);
/** Maximum bytes of late batches: once read, they wait in memory. */
const LATE_BYTES = 64 * 2 ** 20;

/** A batch whose read has been running since its first turn. */
type LateBatch = FileBatch & { reading: Promise<FileBytes[]> };

/**
 * The order makes two ingests of the same files equal, regardless of timing. Slices before their turn wait, and no more
 * are requested from their file, so the waiting is bounded. Batches that a hanging drive did not deliver in time come
 * after all others.
 * @param take called with the slices of every file, one batch at a time; the next waits for its promise
 * @param glance files are opened by their headers; of those without one a few slices are decoded
 * @param reopen returns the files of newly recognised archives; they come last
 */
export async function decodeInOrder(
  batches: AsyncIterable<FileBatch>,
  pool: Pool,
  take: (file: FileEntry, slices: SliceBatch, blob: Blob) => Promise<void> | void,
  signal: AbortSignal,
  reopen: (archives: FoundArchive[]) => AsyncIterable<FileBatch>,
  glance = false,
): Promise<void> {
  signal.throwIfAborted();
  const read = glance ? readBeginnings : readFileBytes;
  /** Files of the current round that turned out to be archives: opened after everything else. */
  const archives: FoundArchive[] = [];
  /** Batches of the current round that were not read in time. */
  const late: LateBatch[] = [];
  let lateBytes = 0;
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let inFlight = 0;
  /** Resolves when all earlier batches have been taken. */
  let turn: Promise<void> = Promise.resolve();
  /** Resolves when all earlier batches are read or late: the pool gets batches in order. */
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

  /** The bytes of a batch; null if it lets others pass, or the job is over. */
  const inTime = async ({ reading }: LateBatch, bytes: number): Promise<FileBytes[] | null> => {
    const limit = timeLimit(LATE_MS + bytes * LATE_MS_PER_BYTE, 'late' as const);
    const first = await Promise.race([reading, limit.over, over]);
    limit.cancel();
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
      await take(entries[0], emptyBatch('skip' in settled ? [settled.skip] : []), blob);
      return;
    }
    const again = 'reading' in batch;
    const mine: LateBatch = again ? batch : { ...batch, reading: read(blob, entries) };
    const isOpened = opened;
    const arrived = again ? Promise.race([mine.reading, over]) : inTime(mine, bytes);
    opened = arrived.then(() => isOpened);
    let bytesRead = await arrived;
    await isOpened;
    if (!bytesRead) {
      if (signal.aborted || failure) return;
      late.push(mine);
      await before;
      return;
    }
    const load = async (from: number, to: number) => {
      // The bytes are transferred to the first worker; a replacement reads again.
      const whole = from === 0 && to === entries.length ? bytesRead : null;
      bytesRead = null;
      return whole ?? read(blob, entries.slice(from, to));
    };
    const replies = pool.open({ files: entries.length, bytes, load });
    const found = glance ? await byFile(replies, entries.length) : null;
    await before;
    // In its turn, so that no more than one batch of whole files is in memory.
    if (found) await readOn(pool, blob, entries, found);
    const decoded = found ? found.flat() : replies;
    let at = 0;
    for await (const slices of decoded) {
      const file = entries[at];
      if (!isUnopened(slices)) await take(file, slices, blob);
      else if ((file.depth ?? 0) < MOST_NESTED) archives.push({ blob, file });
      else await take(file, { ...slices, skips: [{ code: 'archive', detail: 'inside two others' }] }, blob);
      if (slices.done) at++;
    }
  };

  const bytesOf = (entries: FileEntry[]) =>
    glance ? beginningBytes(entries) : entries.reduce((sum, file) => sum + file.bytes, 0);

  const runAll = async (round: AsyncIterable<FileBatch> | LateBatch[]) => {
    for await (const batch of round) {
      const [{ settled }] = batch.entries;
      const bytes = settled ? 0 : bytesOf(batch.entries);
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

/** Whether a file taken for an image is a supported archive. */
function isUnopened({ skips, done, count }: SliceBatch): boolean {
  const [skip] = skips;
  return done && count === 0 && skip?.code === 'archive' && (skip.detail === 'zip' || skip.detail === 'tar');
}
