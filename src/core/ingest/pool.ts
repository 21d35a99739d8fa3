/**
 * Disposable decode workers. A file may hang its worker, crash it or blow up its memory: the worker is replaced,
 * the file becomes a Skip, and the files that waited behind it go to another one.
 */
import { LabError, type Skip } from '../errors.ts';
import type { Connection } from '../rpc.ts';
import { type Chunk, type DecodeService, type DecodeSign, skippedChunk } from './decoder.ts';
import type { Source } from './source.ts';

/** A started worker: its connection, and the way to end it. */
export type Decoder = Connection<DecodeService> & { terminate(): void };

export type Pool = {
  readonly size: number;
  /** The file's first chunk. Whatever is wrong with the file is a skip in the chunk, never an exception. */
  open(source: Source): Promise<OpenedFile>;
  /** Ends every worker at once; pending calls reject with `reason`. */
  terminate(reason: unknown): void;
};

/** `next` may be called while the chunk before was not `done`. */
export type OpenedFile = { chunk: Chunk; next(): Promise<Chunk> };

/** Time without a sign of life after which a worker is given up. */
const FRAME_MS = 5000;
/** Added for a whole file: parsing and unpacking take their time before the first frame. */
const MS_PER_BYTE = 1000 / (16 * 2 ** 20);
/** A read that has not begun to give anything after this: a network drive that went away. */
const READ_MS = 60_000;
/**
 * Time is counted in ticks of our own: after the machine slept, a worker gets the rest of its deadline, where a
 * clock would have it fail at once.
 */
const TICK_MS = 250;
/** Workers in a row that may die before they are ready. */
const MAX_STILLBORN = 3;

type Task = {
  id: number;
  source: Source;
  limitMs: number;
  started: boolean;
  resolve(file: OpenedFile): void;
  reject(error: unknown): void;
};

type Lane = {
  decoder: Decoder;
  /** Sent and not finished. The last of those that started is being decoded, the ones before it are being hashed. */
  tasks: Task[];
  /** It started, so that whatever ends it is the fault of a file. */
  ready: boolean;
  /** Waiting for a chunk, as opposed to being waited for. */
  busy: boolean;
  silentMs: number;
  /** Ends the call that waits for the current file's next chunk with a skip. */
  giveUp: ((skip: Skip) => void) | null;
};

/**
 * @param spawn starts a worker
 * @param size workers at most; they are started as they are needed
 */
export function createPool(options: {
  spawn: () => Decoder;
  size: number;
  key: CryptoKey;
  antialias: boolean;
}): Pool {
  const { spawn, size, key, antialias } = options;
  /** Files sent to one worker: the one it decodes and some that it reads meanwhile, at least four in all. */
  const depth = Math.max(3, Math.ceil(5 / size));
  const waiting: Task[] = [];
  const lanes = new Set<Lane>();
  let nextId = 1;
  let stillborn = 0;
  let ticking = false;
  const end = new AbortController();

  function start(): Lane {
    const decoder = spawn();
    const lane: Lane = { decoder, tasks: [], ready: false, busy: true, silentMs: 0, giveUp: null };
    lanes.add(lane);
    decoder.call.configure({ key, antialias }).then(
      () => {
        lane.ready = true;
        stillborn = 0;
      },
      () => replace(lane, { code: 'malformed' }),
    );
    return lane;
  }

  /** Gives waiting files to the workers that have fewest. */
  function dispatch(): void {
    while (!end.signal.aborted && waiting.length > 0) {
      let lane: Lane | null = null;
      for (const one of lanes) if (!lane || one.tasks.length < lane.tasks.length) lane = one;
      if ((!lane || lane.tasks.length > 0) && lanes.size < size) lane = start();
      if (!lane || lane.tasks.length >= depth) return;
      void send(lane, waiting.shift()!);
    }
    tick();
  }

  function listener(lane: Lane, task: Task): (sign: DecodeSign) => void {
    return () => {
      lane.silentMs = 0;
      task.started = true;
    };
  }

  async function send(lane: Lane, task: Task): Promise<void> {
    lane.tasks.push(task);
    const { id, source } = task;
    try {
      const chunk = await lane.decoder.call.open({ id, source }, { onEvent: listener(lane, task) });
      if (!lanes.has(lane)) return;
      received(lane, chunk);
      task.resolve({ chunk, next: () => next(lane, task) });
    } catch {
      replace(lane, { code: 'malformed' });
    }
  }

  function received(lane: Lane, chunk: Chunk): void {
    lane.silentMs = 0;
    lane.busy = chunk.done;
    if (!chunk.done) return;
    lane.tasks.shift();
    dispatch();
  }

  async function next(lane: Lane, task: Task): Promise<Chunk> {
    end.signal.throwIfAborted();
    if (!lanes.has(lane)) return skippedChunk({ code: 'malformed' });
    lane.busy = true;
    const given = new Promise<Chunk>((resolve) => {
      lane.giveUp = (skip) => resolve(skippedChunk(skip));
    });
    const asked = lane.decoder.call
      .next({ id: task.id }, { onEvent: listener(lane, task) })
      .then((chunk) => {
        lane.giveUp = null;
        if (lanes.has(lane)) received(lane, chunk);
        return chunk;
      })
      .catch(() => {
        replace(lane, { code: 'malformed' });
        return given;
      });
    const chunk = await Promise.race([asked, given]);
    end.signal.throwIfAborted();
    return chunk;
  }

  /** Ends a worker. Its current file is given up as `skip`, the files behind it wait for another worker. */
  function replace(lane: Lane, skip: Skip): void {
    if (!lanes.delete(lane)) return;
    lane.decoder.close();
    lane.decoder.terminate();
    // A file of several chunks is the only one that started.
    const culprit = Math.max(
      0,
      lane.tasks.findLastIndex(({ started }) => started),
    );
    const others = lane.tasks.toSpliced(culprit, 1);
    const task = lane.tasks[culprit];
    if (lane.giveUp) lane.giveUp(skip);
    else if (task && lane.ready) finish(task, skip);
    else if (task) others.unshift(task);
    for (const other of others) other.started = false;
    if (!lane.ready && ++stillborn >= MAX_STILLBORN) {
      waiting.unshift(...others);
      terminate(decodersFail());
      return;
    }
    // In the same order to a worker of their own: behind a later file that waits for its turn they would block it.
    if (others.length > 0) {
      const heir = start();
      for (const task of others) void send(heir, task);
    }
    dispatch();
  }

  function finish(task: Task, skip: Skip): void {
    const chunk = skippedChunk(skip);
    task.resolve({ chunk, next: async () => chunk });
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
        if (first.started && lane.silentMs > first.limitMs) replace(lane, { code: 'timeout' });
        else if (lane.silentMs > READ_MS + first.limitMs) replace(lane, { code: 'unreadable' });
      }
      if ([...lanes].some(({ tasks }) => tasks.length > 0)) tick();
    }, TICK_MS);
  }

  function terminate(reason: unknown): void {
    if (end.signal.aborted) return;
    end.abort(reason);
    const all = [...lanes];
    lanes.clear();
    for (const { decoder, tasks, giveUp } of all) {
      decoder.close();
      decoder.terminate();
      for (const task of tasks) task.reject(reason);
      giveUp?.({ code: 'malformed' });
    }
    for (const task of waiting.splice(0)) task.reject(reason);
  }

  return {
    size,
    terminate,
    open: (source) =>
      new Promise((resolve, reject) => {
        if (end.signal.aborted) return reject(end.signal.reason);
        const bytes = 'entry' in source ? source.entry.size : source.file.size;
        const limitMs = FRAME_MS + bytes * MS_PER_BYTE;
        waiting.push({ id: nextId++, source, limitMs, started: false, resolve, reject });
        dispatch();
      }),
  };
}

function decodersFail(): LabError {
  return new LabError(
    'worker-crashed',
    'The background workers that decode images don’t start.',
    'Everything stored before this is kept.',
    'Reload the page and drop the files again.',
  );
}
