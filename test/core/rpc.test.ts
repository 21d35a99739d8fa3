/** Calls between the page and its workers: results, events, errors, aborts and ends. */
import { afterEach, describe, expect, test } from 'vitest';
import { LabError } from '../../src/core/errors.ts';
import type { CallContext } from '../../src/core/rpc.ts';
import { connect, move, serve } from '../../src/core/rpc.ts';

type Service = {
  add(args: { a: number; b: number }): Promise<number>;
  count(args: { to: number }, context: CallContext<number>): Promise<string>;
  fill(args: { buffer: ArrayBuffer }): Promise<{ buffer: ArrayBuffer; arrived: number }>;
  fail(args: { with: 'lab' | 'plain' }): Promise<void>;
  wait(args: object, context: CallContext<never>): Promise<void>;
};

const service: Service = {
  add: async ({ a, b }) => a + b,
  count: async ({ to }, { emit }) => {
    for (let i = 1; i <= to; i++) emit(i);
    return 'done';
  },
  fill: async ({ buffer }) => move({ buffer, arrived: buffer.byteLength }, [buffer]),
  fail: async (args) => {
    if (args.with === 'lab') throw new LabError('storage-full', 'Full.', 'Kept.', 'Free some.');
    throw new TypeError('plain');
  },
  wait: (_, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
};

const open: MessagePort[] = [];

function connected() {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  serve(port1, service);
  return { ...connect<Service>(port2), near: port2, far: port1 };
}

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

describe('a call', () => {
  test('gives the method’s result', async () => {
    const { call } = connected();
    expect(await Promise.all([call.add({ a: 1, b: 2 }), call.add({ a: 3, b: 4 })])).toEqual([3, 7]);
  });

  test('streams its events before its result', async () => {
    const seen: number[] = [];
    const result = await connected().call.count({ to: 3 }, { onEvent: (n) => seen.push(n) });
    expect([seen, result]).toEqual([[1, 2, 3], 'done']);
  });

  test('moves buffers there and back', async () => {
    const buffer = new ArrayBuffer(8);
    const result = await connected().call.fill(move({ buffer }, [buffer]));
    expect(buffer.byteLength).toBe(0);
    expect(result.arrived).toBe(8);
    expect(result.buffer.byteLength).toBe(8);
  });

  test('rejects with the error’s code, outcome and next step', async () => {
    await expect(connected().call.fail({ with: 'lab' })).rejects.toMatchObject({
      code: 'storage-full',
      message: 'Full.',
      outcome: 'Kept.',
      next: 'Free some.',
    });
    await expect(connected().call.fail({ with: 'plain' })).rejects.toMatchObject({ code: 'internal' });
  });

  test('is aborted at the other side', async () => {
    const controller = new AbortController();
    const waiting = connected().call.wait({}, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('is not made with a signal that is aborted already', async () => {
    const signal = AbortSignal.abort();
    await expect(connected().call.wait({}, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('of a method that does not exist, even an inherited one, rejects', async () => {
    const { call } = connected();
    const loose = call as unknown as Record<string, () => Promise<void>>;
    await expect(loose.nothing()).rejects.toMatchObject({ code: 'internal' });
    await expect(loose.toString()).rejects.toMatchObject({ code: 'internal' });
  });

  test('whose arguments can’t be sent rejects', async () => {
    const { call } = connected();
    await expect(call.add({ a: 1, b: (() => 1) as unknown as number })).rejects.toThrow();
  });
});

describe('a connection', () => {
  test('that ends rejects what is pending and what comes later', async () => {
    const { call, close } = connected();
    const waiting = call.wait({});
    close();
    await expect(waiting).rejects.toMatchObject({ code: 'worker-crashed' });
    await expect(call.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  test('ends by itself when its worker reports an error', async () => {
    const { call, near } = connected();
    const waiting = call.wait({});
    const error = new Event('error', { cancelable: true });
    near.dispatchEvent(error);
    await expect(waiting).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(error.defaultPrevented).toBe(true);
  });

  test('is no promise', async () => {
    const { call } = connected();
    expect(await call).toBe(call);
  });
});
