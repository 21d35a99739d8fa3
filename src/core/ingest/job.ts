/** Runs files through the decode workers and hands their slices over in the order of the drop. */
import { type Chunk, skippedChunk } from './decoder.ts';
import type { Aside, FileTask } from './expand.ts';
import type { Pool } from './pool.ts';

/** Files read, decoded or waiting for their turn at once, per worker. */
const AHEAD = 12;
/** Bytes of files in flight. One that is larger goes alone. */
const BYTES_IN_FLIGHT = 192 * 2 ** 20;

/**
 * The order makes two ingests of the same files equal, whatever finishes first. A chunk whose turn has not come
 * waits, and its file is not asked for more, so that what waits is bounded.
 * @param take called with every chunk of every file, one at a time; the next waits for its promise
 */
export async function runJob(
  files: AsyncIterable<FileTask | Aside>,
  pool: Pool,
  take: (file: FileTask | Aside, chunk: Chunk) => Promise<void> | void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  let inFlight = 0;
  /** Resolves when everything before has been taken. */
  let turn: Promise<void> = Promise.resolve();

  const abort = () => pool.terminate(signal.reason);
  signal.addEventListener('abort', abort, { once: true });

  const room = async (bytes: number) => {
    const full = () => running.size >= pool.size * AHEAD || inFlight + bytes > BYTES_IN_FLIGHT;
    while (running.size > 0 && full() && !failure) await Promise.race(running);
  };

  const work = async (file: FileTask | Aside, before: Promise<void>) => {
    if ('skip' in file) {
      await before;
      await take(file, skippedChunk(file.skip));
      return;
    }
    const opened = await pool.open(file.source);
    await before;
    let { chunk } = opened;
    await take(file, chunk);
    while (!chunk.done) {
      chunk = await opened.next();
      await take(file, chunk);
    }
  };

  try {
    for await (const file of files) {
      const bytes = 'skip' in file ? 0 : file.bytes;
      await room(bytes);
      signal.throwIfAborted();
      if (failure) break;
      inFlight += bytes;
      const mine = work(file, turn);
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
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
  if (failure) throw (failure as { error: unknown }).error;
}
