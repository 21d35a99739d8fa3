/** The page's workers: started when first called, ended whole, and started anew after a crash. */
import { beforeEach, expect, test, vi } from 'vitest';
import { endWorkers, inspectWorker } from '../../src/app/workers.ts';

let started: (EventTarget & { ended: boolean })[];

beforeEach(() => {
  started = [];
  vi.stubGlobal(
    'Worker',
    class extends EventTarget {
      ended = false;
      constructor() {
        super();
        started.push(this);
      }
      postMessage() {}
      terminate() {
        this.ended = true;
      }
    },
  );
  return () => {
    endWorkers();
    vi.unstubAllGlobals();
  };
});

const call = () => inspectWorker.call.frame({} as never).catch(({ code }: { code: string }) => code);

test('one is started for the first call and kept for the next', () => {
  expect(started).toHaveLength(0);
  void call();
  void call();
  expect(started).toHaveLength(1);
});

test.each(['error', 'messageerror'])(
  'after its %s the call fails, and another is started for the next',
  async (type) => {
    const first = call();
    started[0].dispatchEvent(new Event(type));
    expect(await first).toBe('worker-crashed');
    expect(started[0].ended).toBe(true);
    void call();
    expect(started).toHaveLength(2);
  },
);

test('ending them all fails what is under way, and costs no more than that', async () => {
  const under = call();
  endWorkers();
  expect(await under).toBe('worker-crashed');
  expect(started.map(({ ended }) => ended)).toEqual([true]);
  endWorkers();
  expect(started).toHaveLength(1);
});
