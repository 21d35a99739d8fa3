/** A file on a drive that hangs lets the others pass, and is named in the end. Time is the test's own. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import type { IngestEvent } from '../../../src/core/ingest/contract.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { memoryStore, pretend, pretendedWorkers } from '../../fakes/ingest.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const STEP_MS = 500;
const ROUNDS = 10;

/**
 * The test's time goes on, and real work keeps up with it: reads, hashes and messages between threads take real time,
 * however busy the machine, so that as many of each are waited for at every step.
 */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    await vi.advanceTimersByTimeAsync(Math.min(STEP_MS, left));
    for (let round = 0; round < ROUNDS; round++) {
      await new Blob(['x']).arrayBuffer();
      await crypto.subtle.digest('SHA-256', new Uint8Array(1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const image = (path: string) =>
  pretend(path, { modality: 'CT', patient: path, series: path, instance: path, frames: 2 });

/** Too large for a lot, on a drive that answers after so long; it is no image. */
function slow(path: string, ms: number): WalkedFile {
  const file = Object.assign(new Blob([new Uint8Array(2 ** 20 + 1)]), {
    arrayBuffer: () =>
      new Promise<ArrayBuffer>((resolve) => {
        if (ms < Number.POSITIVE_INFINITY)
          setTimeout(() => resolve(new TextEncoder().encode('x').buffer), ms);
      }),
  });
  return { path, file };
}

async function drop(items: WalkedFile[], signal = new AbortController().signal) {
  const feed = createFeed();
  // Each by itself, so that many batches wait.
  void feed.push(
    items.flatMap((item) => packFileBatches([item])),
    false,
  );
  const events: IngestEvent[] = [];
  const ended = ingest(
    {
      store: await memoryStore(),
      spawn: pretendedWorkers().spawn,
      workers: 2,
      nowMs: () => performance.now(),
    },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    { signal, emit: (event) => events.push(event) },
  );
  ended.catch(() => {});
  const figures = () => events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : [])).at(-1);
  const skipped = () =>
    events.flatMap((event) =>
      event.kind === 'skipped' ? event.files.map(({ path, code }) => [path, code]) : [],
    );
  return { ended, figures, skipped };
}

const images = Array.from({ length: 30 }, (_, i) => image(`a/CT/${i}`));

test('thirty files behind two that never end are read in seconds; those two are named after their minute', async () => {
  const hung = Number.POSITIVE_INFINITY;
  const { ended, figures, skipped } = await drop([
    slow('a/1', hung),
    images[0],
    slow('a/2', hung),
    ...images.slice(1),
  ]);
  await pass(8000);
  expect(figures()).toMatchObject({ files: 30, read: 30 });
  expect(skipped()).toEqual([]);
  await pass(60_000);
  expect(await ended).toMatchObject({ progress: { files: 32, read: 30, skipped: 2 } });
  expect(skipped()).toEqual([
    ['a/1', 'unreadable'],
    ['a/2', 'unreadable'],
  ]);
});

test('one that is only slow is read when the others are, once', async () => {
  const late = slow('a/1', 20_000);
  const reads = vi.spyOn(late.file, 'arrayBuffer');
  const { ended, figures, skipped } = await drop([late, ...images]);
  await pass(8000);
  expect(figures()).toMatchObject({ files: 30 });
  await pass(13_000);
  expect(await ended).toMatchObject({ progress: { files: 31, read: 30 } });
  expect(skipped()).toEqual([['a/1', 'not-an-image']]);
  expect(reads).toHaveBeenCalledTimes(1);
});

test('one that is read within seconds keeps its place', async () => {
  const { ended, figures } = await drop([slow('a/1', 3000), ...images]);
  await pass(2500);
  expect(figures()).toMatchObject({ files: 0 });
  await pass(2000);
  expect(await ended).toMatchObject({ progress: { files: 31 } });
});

test('what lets others pass is bounded in memory: beyond it the order is kept', async () => {
  const large = Array.from({ length: 70 }, (_, i) => slow(`a/${i}`, 50_000));
  const { ended, figures } = await drop([...large, ...images]);
  // 63 of a little more than a megabyte pass the others, a few at a time.
  await pass(70_000);
  expect(figures()).toMatchObject({ files: 0 });
  await pass(300_000);
  expect(await ended).toMatchObject({ progress: { files: 100, read: 30, skipped: 70 } });
});

test('a drop that is cancelled waits for no drive', async () => {
  const controller = new AbortController();
  const { ended } = await drop([slow('a/1', Number.POSITIVE_INFINITY), ...images], controller.signal);
  await pass(1000);
  controller.abort();
  let over = false;
  ended.catch(() => {
    over = true;
  });
  await pass(100);
  expect(over).toBe(true);
});
