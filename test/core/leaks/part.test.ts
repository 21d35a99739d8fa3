/** A check that is shared out to threads: what it finds does not depend on how many there are, or on which is faster. */
import { afterEach, expect, test } from 'vitest';
import { makeCells } from '../../../src/core/leaks/cells.ts';
import type { LeakProgress } from '../../../src/core/leaks/contract.ts';
import {
  createPartService,
  oneThread,
  type PartService,
  shareOut,
  type Threads,
} from '../../../src/core/leaks/part.ts';
import { createPictures } from '../../../src/core/leaks/pictures.ts';
import { checkForLeaks } from '../../../src/core/leaks/session.ts';
import { connect, serve } from '../../../src/core/rpc.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { bodySlice } from '../../builders/bodies.ts';
import { flipped, inverted, windowed } from '../../builders/copies.ts';
import { makeFacts, makeIndex } from '../../builders/storage.ts';

const PER_SHARD = 24;
/** Ten volumes of two or three slices, and copies of them in another order: windowed, mirrored, inverted. */
const PIXELS = [0, 1, 2].map((shard) => {
  const pixels = new Uint8Array(PER_SHARD * SLICE_BYTES);
  for (let i = 0; i < PER_SHARD; i++) {
    const slice = bodySlice(i % 10, Math.floor(i / 10));
    const changed = [slice, windowed(flipped(slice, 5), 30, 220), inverted(slice)];
    pixels.set(changed[shard], i * SLICE_BYTES);
  }
  return pixels;
});
const INDEXES = PIXELS.map((_, shard) => ({
  ...makeIndex('p', new Array<string>(PER_SHARD).fill(`d${shard}`)),
  ...{ shard, series: Array.from({ length: 10 }, (_, i) => makeFacts(`s${shard} ${i}`, `p${shard}`)) },
  seriesOf: Uint16Array.from({ length: PER_SHARD }, (_, i) => i % 10),
  instanceNumber: Int32Array.from({ length: PER_SHARD }, (_, i) => Math.floor(i / 10)),
}));

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Each behind a message port, as a worker is, and the later the slower. */
function threads(count: number): Threads {
  const parts = Array.from({ length: count }, (_, at) => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    let calls = 0;
    const wait = async () => {
      if (++calls % 16 === 0 && at > 0) await new Promise((settle) => setTimeout(settle, 5 * at));
    };
    serve<PartService>(
      port2,
      createPartService(async (shard) => PIXELS[shard], wait),
    );
    return connect<PartService>(port1).call;
  });
  return { parts, memory: (bytes) => new SharedArrayBuffer(bytes) };
}

async function check(of: Threads, signal = new AbortController().signal) {
  const told: LeakProgress[] = [];
  const record = await checkForLeaks('p', {
    store: {
      shardIndexes: async () => INDEXES,
      leakRecord: async () => null,
      putLeakRecord: async () => {},
    },
    threads: of,
    yieldToEventLoop: async () => {},
    nowMs: () => 0,
    dateMs: () => 0,
    signal,
    progress: (progress) => told.push(progress),
  });
  return { record, told };
}

test('two threads find what one finds, bit for bit; progress never goes back, and ends with all slices', async () => {
  const alone = createPartService(
    async (shard) => PIXELS[shard],
    async () => {},
  );
  const { record: one } = await check(oneThread(alone));
  expect(one.likeness.length).toBeGreaterThan(60);
  const { record, told } = await check(threads(2));
  expect(record).toEqual(one);
  for (const doing of ['reading', 'comparing']) {
    const done = told.filter((of) => of.doing === doing).map((of) => of.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBe(3 * PER_SHARD);
  }
});

test('a check that is cancelled ends in every thread', async () => {
  const aborter = new AbortController();
  const checking = check(threads(2), aborter.signal);
  aborter.abort();
  await expect(checking).rejects.toThrow();
});

test('a thread that is told to stop does not end its task', async () => {
  const stopped = { signal: AbortSignal.abort(), emit: () => {} };
  const memory = (bytes: number) => new ArrayBuffer(bytes);
  const pictures = createPictures(Uint16Array.of(0, 1), Uint32Array.of(0, 1), Int32Array.of(0, 0), memory);
  const part = createPartService(
    async () => PIXELS[0],
    async () => {},
  );
  const rows = Uint16Array.of(0, 1);
  await expect(part.read({ pictures, shard: 0, first: 0, rows }, stopped)).rejects.toThrow();
  const slices = Uint32Array.of(0, 1);
  const cells = await makeCells(pictures.invariants, slices, async () => {}, memory);
  await expect(part.compare({ pictures, cells, slices }, stopped)).rejects.toThrow();
});

test('no task is begun once one has failed', async () => {
  const begun: number[] = [];
  const work = async (_: unknown, task: number) => {
    begun.push(task);
    await Promise.resolve();
    if (task === 1) throw new Error('failed');
  };
  const { parts } = threads(2);
  await expect(shareOut([0, 1, 2, 3, 4, 5, 6, 7], parts, work)).rejects.toThrow('failed');
  await new Promise((settle) => setTimeout(settle, 20));
  expect(begun.length).toBeLessThan(5);
});

test('results stand in the order of the tasks, whichever thread was faster', async () => {
  const work = async (_: unknown, ms: number) => {
    await new Promise((settle) => setTimeout(settle, ms));
    return ms;
  };
  expect(await shareOut([20, 1, 9, 2], threads(2).parts, work)).toEqual([20, 1, 9, 2]);
});
