/**
 * Disposable decode workers. A file may hang its worker, crash it or blow up its memory: the worker is replaced,
 * the file becomes a Skip, and what waited behind it goes to another one.
 */

import { LabError } from '../errors.ts';
import type { Preprocessing } from '../image/preprocessing.ts';
import { type Connection, move } from '../rpc.ts';
import type { Skip } from '../skip.ts';
import { createTask, type Load, type Task } from './decodeJob.ts';
import type { DecodeService } from './decoder.ts';
import type { PackedFile } from './fileBytes.ts';
import { type Answer, type Chunk, chunksOf } from './sliceBatch.ts';

/** A started worker: its connection, and the way to end it. */
export type Decoder = Connection<DecodeService> & { terminate(): void };

export type Pool = {
  readonly size: number;
  /**
   * Begins to read and decode a parcel; gives the chunks of its files in their order. Whatever is wrong with a file
   * is a skip in its chunk, never an exception. The last chunk of each file says that it is.
   */
  open(parcel: { files: number; bytes: number; load: Load }): AsyncGenerator<Chunk>;
  /** Ends every worker at once; whoever waits for chunks gets `reason`. */
  terminate(reason: unknown): void;
};

/** Time without a sign of life after which a worker is given up. */
const FRAME_MS = 5000;
/** Added for a whole file: parsing and unpacking take their time before the first frame. */
const MS_PER_BYTE = 1000 / (16 * 2 ** 20);
/** A worker that has not begun after this never will. */
const START_MS = 60_000;
/**
 * Time is counted in ticks of our own: after the machine slept, a worker gets the rest of its deadline, where a
 * clock would have it fail at once.
 */
const TICK_MS = 250;
/** Workers in a row that may die before they are ready. */
const MAX_STILLBORN = 3;
/** Parcels of one worker: the one it decodes, and one that waits for its turn. */
const DEPTH = 2;

type Lane = {
  decoder: Decoder;
  /**
   * In the order of the drop: behind a later one, that waits to be asked for more, an earlier one would block it.
   * The last of those that started is being decoded, the ones before it are being hashed.
   */
  tasks: Task[];
  /** Resolves when the last of them is sent. */
  sent: Promise<void>;
  /** It started, so that whatever ends it is the fault of a file. */
  ready: boolean;
  /** Waiting for a chunk, as opposed to being waited for. */
  busy: boolean;
  silentMs: number;
};

/**
 * @param spawn starts a worker
 * @param size workers at most; they are started as they are needed
 */
export function createPool(options: {
  spawn: () => Decoder;
  size: number;
  key: CryptoKey;
  preprocessing: Preprocessing;
}): Pool {
  const { spawn, size, key, preprocessing } = options;
  const waiting: Task[] = [];
  const lanes = new Set<Lane>();
  let stillborn = 0;
  let ticking = false;
  const end = new AbortController();

  function start(): Lane {
    const decoder = spawn();
    const sent = Promise.resolve();
    const lane: Lane = { decoder, tasks: [], sent, ready: false, busy: true, silentMs: 0 };
    lanes.add(lane);
    decoder.call.configure({ key, preprocessing }).then(
      () => {
        lane.ready = true;
        stillborn = 0;
      },
      () => replace(lane, { code: 'malformed' }),
    );
    return lane;
  }

  /** Gives parcels, as far as they are read, to the workers that have fewest. */
  function dispatch(): void {
    while (!end.signal.aborted && waiting[0]?.loaded) {
      let lane: Lane | null = null;
      for (const one of lanes) if (!lane || one.tasks.length < lane.tasks.length) lane = one;
      if ((!lane || lane.tasks.length > 0) && lanes.size < size) lane = start();
      if (!lane || lane.tasks.length >= DEPTH) break;
      send(lane, waiting.shift()!);
    }
    tick();
  }

  function send(lane: Lane, task: Task): void {
    lane.tasks.push(task);
    const before = lane.sent;
    lane.sent = (async () => {
      const files = task.loaded ?? (await task.load());
      task.loaded = null;
      await before;
      if (!lanes.has(lane)) return;
      const args = move({ id: task.id, files }, buffersOf(files));
      void receive(lane, task, lane.decoder.call.open(args, { onEvent: listener(lane, task) }));
    })();
  }

  function listener(lane: Lane, task: Task): () => void {
    return () => {
      lane.silentMs = 0;
      task.started = true;
    };
  }

  async function receive(lane: Lane, task: Task, answer: Promise<Answer>): Promise<void> {
    try {
      const chunks = chunksOf(await answer);
      if (!lanes.has(lane)) return;
      lane.silentMs = 0;
      lane.busy = task.arrive(chunks);
      if (!task.complete) return;
      lane.tasks.shift();
      dispatch();
    } catch {
      replace(lane, { code: 'malformed' });
    }
  }

  function ask(task: Task): void {
    for (const lane of lanes) {
      if (lane.tasks[0] !== task) continue;
      lane.busy = true;
      lane.silentMs = 0;
      void receive(lane, task, lane.decoder.call.next({ id: task.id }, { onEvent: listener(lane, task) }));
    }
  }

  /** Ends a worker. The file it was at is given up as `skip`; the others go to a worker in its place. */
  function replace(lane: Lane, skip: Skip): void {
    if (!lanes.delete(lane)) return;
    lane.decoder.close();
    lane.decoder.terminate();
    const { tasks, ready } = lane;
    // One whose file takes several chunks is the only one that started.
    const culprit = Math.max(
      0,
      tasks.findLastIndex(({ started }) => started),
    );
    const left = tasks.flatMap((task, i) => (ready && i === culprit ? task.giveUp(skip) : [task]));
    for (const task of left) task.started = false;
    if (!ready && ++stillborn >= MAX_STILLBORN) {
      waiting.unshift(...left);
      terminate(decodersFail());
      return;
    }
    if (left.length > 0) {
      const heir = start();
      for (const task of left) send(heir, task);
    }
    dispatch();
  }

  function tick(): void {
    if (ticking || lanes.size === 0) return;
    ticking = true;
    setTimeout(() => {
      ticking = false;
      for (const lane of [...lanes]) {
        const [first] = lane.tasks;
        if (!first || !lane.busy) continue;
        lane.silentMs += TICK_MS;
        if (lane.silentMs > first.limitMs + (first.started ? 0 : START_MS))
          replace(lane, { code: 'timeout' });
      }
      if ([...lanes].some(({ tasks }) => tasks.length > 0)) tick();
    }, TICK_MS);
  }

  function terminate(reason: unknown): void {
    if (end.signal.aborted) return;
    end.abort(reason);
    const all = [...lanes];
    lanes.clear();
    for (const { decoder, tasks } of all) {
      decoder.close();
      decoder.terminate();
      for (const task of tasks) task.fail(reason);
    }
    for (const task of waiting.splice(0)) task.fail(reason);
  }

  return {
    size,
    terminate,
    open: ({ files, bytes, load }) => {
      const task = createTask(files, FRAME_MS + bytes * MS_PER_BYTE, load);
      if (end.signal.aborted) task.fail(end.signal.reason);
      else {
        waiting.push(task);
        void task.load().then((loaded) => {
          task.loaded = loaded;
          dispatch();
        });
      }
      return task.chunks(ask);
    },
  };
}

/** The buffers behind files, which are sent away with them. */
function buffersOf(files: readonly PackedFile[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { bytes } of files) if (bytes instanceof Uint8Array) buffers.add(bytes.buffer);
  return [...buffers];
}

function decodersFail(): LabError {
  return new LabError(
    'worker-crashed',
    'The background workers that decode images don’t start.',
    'Everything stored before this is kept.',
    'Reload the page and drop the files again.',
  );
}
