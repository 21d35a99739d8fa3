/** Decode workers by themselves: how many, what they get, and when one is given up. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDecoder, type DecodeService } from '../../../src/core/files/decoder.ts';
import type { FileBytes } from '../../../src/core/files/fileBytes.ts';
import { createPool, type Decoder } from '../../../src/core/files/pool.ts';
import { type DecodedBatch, packReply } from '../../../src/core/files/sliceBatch.ts';

type Asked = {
  id: number;
  files: FileBytes[];
  /** Shows a sign of life. */
  alive(): void;
  answer(chunks?: DecodedBatch[]): void;
  fail(): void;
};
type Worker = { opened: Asked[]; next: Asked[]; ended: boolean };

const OVER: DecodedBatch = { decoded: [], keys: [], series: null, skips: [], done: true };
const MORE: DecodedBatch = { ...OVER, done: false };

/** Workers that do as the test says. */
function workers() {
  const started: Worker[] = [];
  const spawn = (): Decoder => {
    const worker: Worker = { opened: [], next: [], ended: false };
    started.push(worker);
    const asked = (into: Asked[], id: number, files: FileBytes[], onEvent?: (event: never) => void) =>
      new Promise<ReturnType<typeof packReply>>((resolve, reject) => {
        into.push({
          id,
          files,
          alive: () => onEvent?.('alive' as never),
          answer: (chunks = files.map(() => OVER)) => resolve(packReply(chunks)),
          fail: () => reject(new Error('It stopped.')),
        });
      });
    return {
      call: {
        configure: async () => {},
        open: ({ id, files }, options) => asked(worker.opened, id, files, options?.onEvent),
        next: ({ id }, options) => asked(worker.next, id, [], options?.onEvent),
      },
      close: () => {},
      terminate: () => {
        worker.ended = true;
      },
    };
  };
  return { started, spawn };
}

let started: Worker[];
let pool: ReturnType<typeof createPool>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const pretended = workers();
  started = pretended.started;
  pool = createPool({ spawn: pretended.spawn, size: 2, key: {} as CryptoKey, preprocessing: {} as never });
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

/** Opens a batch of so many files and gathers its chunks' skips, as they come. */
function batch(files = 1, bytes = 0) {
  const told: string[] = [];
  const state = { over: false, told, error: null as unknown };
  const load = async (from: number, to: number): Promise<FileBytes[]> =>
    Array.from({ length: to - from }, (_, i) => ({ bytes: Uint8Array.of(from + i), entry: null }));
  void (async () => {
    try {
      for await (const { skips, done } of pool.open({ files, bytes, load }))
        told.push(`${skips.map(({ code }) => code).join() || 'read'}${done ? '' : ' …'}`);
      state.over = true;
    } catch (error) {
      state.error = error;
    }
  })();
  return state;
}

describe('a pool', () => {
  test('starts workers as they are needed, no more than it may, and gives each two batches at most', async () => {
    expect(started).toHaveLength(0);
    batch();
    await settle();
    expect(started).toHaveLength(1);
    for (let i = 0; i < 5; i++) batch();
    await settle();
    expect(started).toHaveLength(2);
    expect(started.map(({ opened }) => opened.length)).toEqual([2, 2]);
    started[0].opened[0].answer();
    await settle();
    expect(started.map(({ opened }) => opened.length)).toEqual([3, 2]);
  });

  test('gives a worker that is free the next, where one is', async () => {
    const first = batch();
    await settle();
    started[0].opened[0].answer();
    await settle();
    expect(first).toMatchObject({ over: true, told: ['read'] });
    batch();
    await settle();
    expect(started).toHaveLength(1);
    expect(started[0].opened).toHaveLength(2);
  });

  test('asks for the rest of a file that has more', async () => {
    const one = batch();
    await settle();
    started[0].opened[0].answer([MORE]);
    await settle();
    expect(one).toMatchObject({ over: false, told: ['read …'] });
    expect(started[0].next).toHaveLength(1);
    started[0].next[0].answer([OVER]);
    await settle();
    expect(one).toMatchObject({ over: true, told: ['read …', 'read'] });
  });
});

describe('a worker', () => {
  test('that shows signs of life may take as long as it likes; without them it is given up', async () => {
    const slow = batch();
    await settle();
    const [{ opened }] = started;
    for (let second = 0; second < 100; second += 4) {
      opened[0].alive();
      await vi.advanceTimersByTimeAsync(4000);
    }
    expect([slow.told, started[0].ended]).toEqual([[], false]);
    await vi.advanceTimersByTimeAsync(2000);
    expect([slow.told, slow.over, started[0].ended]).toEqual([['timeout'], true, true]);
  });

  test('that has more of a file to give shows signs of life there, too', async () => {
    const slow = batch();
    await settle();
    started[0].opened[0].answer([MORE]);
    await settle();
    for (let second = 0; second < 100; second += 4) {
      started[0].next[0].alive();
      await vi.advanceTimersByTimeAsync(4000);
    }
    expect(started[0].ended).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(slow.told).toEqual(['read …', 'timeout']);
  });

  test('has a minute to begin, and longer for a large file', async () => {
    const waiting = batch();
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(waiting.told).toEqual([]);
    await vi.advanceTimersByTimeAsync(6000);
    expect(waiting.told).toEqual(['timeout']);
    const large = batch(1, 160 * 2 ** 20);
    await settle();
    started.at(-1)!.opened.at(-1)!.alive();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(large.told).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(large.told).toEqual(['timeout']);
  });

  test('that waits to be asked for more is not given up', async () => {
    const taken = pool.open({
      files: 1,
      bytes: 0,
      load: async () => [{ bytes: Uint8Array.of(1), entry: null }],
    });
    const first = taken.next();
    await settle();
    started[0].opened[0].answer([MORE]);
    expect((await first).value).toMatchObject({ done: false });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(started[0].ended).toBe(false);
  });

  test('that ends takes the one file it was at along; others go to another worker, each by itself', async () => {
    const [one, behind] = [batch(3), batch(1)];
    await settle();
    const [first, second] = started;
    second.opened[0].answer();
    first.opened[0].alive();
    first.opened[0].answer([OVER, MORE]);
    await settle();
    expect(one.told).toEqual(['read', 'read …']);
    first.next[0].fail();
    await settle();
    expect(first.ended).toBe(true);
    expect(one.told).toEqual(['read', 'read …', 'malformed']);
    const heir = started[2];
    expect(heir.opened.map(({ files }) => files.map(({ bytes }) => [...(bytes as Uint8Array)]))).toEqual([
      [[2]],
    ]);
    heir.opened[0].answer();
    await settle();
    expect([one.over, behind.over]).toEqual([true, true]);
    expect(one.told).toEqual(['read', 'read …', 'malformed', 'read']);
  });
});

test('ending the pool ends its workers and fails whatever is open or waits, and whatever comes later', async () => {
  const open = Array.from({ length: 6 }, () => batch());
  await settle();
  const reason = new Error('cancelled');
  pool.terminate(reason);
  pool.terminate(new Error('later'));
  await settle();
  expect(started.map(({ ended }) => ended)).toEqual([true, true]);
  const late = batch();
  await settle();
  expect([...open, late].map(({ error }) => error)).toEqual(Array(7).fill(reason));
  expect(started).toHaveLength(2);
});

test('what was read is moved to a worker, not held twice', async () => {
  vi.useRealTimers();
  const { serve, connect } = await import('../../../src/core/rpc.ts');
  const { port1, port2 } = new MessageChannel();
  serve(
    port1,
    createDecoder(
      async function* () {
        yield { code: 'not-an-image' };
      },
      () => 0,
    ),
  );
  const spawn = () => ({ ...connect<DecodeService>(port2), terminate: () => port2.close() });
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const real = createPool({ spawn, size: 1, key, preprocessing: {} as never });
  const bytes = Uint8Array.of(1, 2, 3);
  const chunks = real.open({ files: 1, bytes: 3, load: async () => [{ bytes, entry: null }] });
  for await (const { skips } of chunks) expect(skips).toEqual([{ code: 'not-an-image' }]);
  expect(bytes.buffer.byteLength).toBe(0);
  real.terminate(null);
  port1.close();
});
