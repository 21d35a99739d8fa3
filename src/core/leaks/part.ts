/**
 * What one of several threads does of a check: it reads some shards, or looks for the copies of some slices. All threads hold
 * the same memory, and what is found of a slice depends on nothing else that a thread has done.
 */
import type { CallContext, Remote } from '../rpc.ts';
import type { YieldToEventLoop } from '../train/slices.ts';
import { SLICE_BYTES } from '../types.ts';
import { createCandidates, findCandidates } from './candidates.ts';
import type { Cells } from './cells.ts';
import { createCheck } from './check.ts';
import type { Pair } from './pairs.ts';
import { type Memory, type Pictures, takePicture } from './pictures.ts';

/** Served by workers/leakPart.ts. */
export type PartService = {
  /** Rows of a shard become the slices from `first` on. */
  read(
    args: { pictures: Pictures; shard: number; first: number; rows: Uint16Array },
    context: CallContext<never>,
  ): Promise<void>;
  /** Finds the copies of some slices among all. */
  compare(
    args: { pictures: Pictures; cells: Cells; slices: Uint32Array },
    context: CallContext<never>,
  ): Promise<Pair[]>;
};

/** A thread, as the one that shares out the work sees it. */
export type Part = Remote<PartService>;

export function createPartService(
  shardPixels: (shard: number) => Promise<Uint8Array>,
  yieldToEventLoop: YieldToEventLoop,
): PartService {
  return {
    read: async ({ pictures, shard, first, rows }, { signal }) => {
      const pixels = await shardPixels(shard);
      for (let i = 0; i < rows.length; i++) {
        await yieldToEventLoop();
        signal.throwIfAborted();
        takePicture(pictures, first + i, pixels, rows[i] * SLICE_BYTES);
      }
    },
    compare: async ({ pictures, cells, slices }, { signal }) => {
      const candidates = createCandidates();
      const check = createCheck(pictures);
      const found: Pair[] = [];
      for (const slice of slices) {
        await yieldToEventLoop();
        signal.throwIfAborted();
        findCandidates(slice, pictures, cells, candidates);
        for (const { slices: near, count } of [candidates.elsewhere, candidates.within]) {
          found.push(...check.candidates(slice, near.subarray(0, count)));
        }
      }
      return found;
    },
  };
}

/** Threads of a check, and how they make memory that all of them can hold. */
export type Threads = { parts: readonly Part[]; memory: Memory };

/** Where threads cannot share memory, the caller's own does all. */
export function oneThread(service: PartService): Threads {
  const context = ({ signal = new AbortController().signal } = {}) => ({ signal, emit: () => {} });
  const part: Part = {
    read: (args, options) => service.read(args, context(options)),
    compare: (args, options) => service.compare(args, context(options)),
  };
  return { parts: [part], memory: (bytes) => new ArrayBuffer(bytes) };
}

/**
 * Each task is done by the thread that is free first.
 * @returns results in the order of the tasks
 */
export async function shareOut<Task, Result>(
  tasks: readonly Task[],
  parts: readonly Part[],
  work: (part: Part, task: Task) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  let next = 0;
  const take = async (part: Part) => {
    try {
      while (next < tasks.length) {
        const at = next++;
        results[at] = await work(part, tasks[at]);
      }
    } catch (error) {
      // The other threads end with what they have in hand.
      next = tasks.length;
      throw error;
    }
  };
  await Promise.all(parts.map(take));
  return results;
}
