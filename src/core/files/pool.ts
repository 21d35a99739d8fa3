/**
 * Disposable decode workers. A file may hang its worker, crash it or blow up its memory: the worker is replaced,
 * the file becomes a Skip, and its waiting jobs go to another worker.
 */

import { createDeadline, type Deadline } from '../deadline.ts';
import { LabError } from '../errors.ts';
import { type Connection, move } from '../rpc.ts';
import type { Skip } from '../skip.ts';
import { createDecodeJob, type DecodeJob, type Load } from './decodeJob.ts';
import type { DecodeService, Reading } from './decoder.ts';
import type { FileBytes } from './fileBytes.ts';
import { jobAtFault, nextWorker } from './schedule.ts';
import { type DecodeReply, type SliceBatch, sliceBatchesOf } from './sliceBatch.ts';

/** A started worker: its connection, and a function to end it. */
export type Decoder = Connection<DecodeService> & { terminate(): void };

export type Pool = {
  readonly size: number;
  /**
   * Starts to read and decode a batch of files; returns their slices in order. An error of a file is a
   * skip beside its slices, never an exception. The last batch of each file is marked as last.
   */
  open(batch: { files: number; bytes: number; load: Load }): AsyncGenerator<SliceBatch>;
  /** Ends every worker at once; waiting readers get `reason`. */
  terminate(reason: unknown): void;
};

/** Time without a sign of life after which a worker is ended. */
const FRAME_MS = 5000;
/** Added for a whole file: parsing and unpacking take time before the first frame. */
const MS_PER_BYTE = 1000 / (16 * 2 ** 20);
/** Time limit for the start of a worker. */
const START_MS = 60_000;
/** Allowed consecutive workers that end before they are ready. */
const MOST_FAILED_STARTS = 3;

type WorkerSlot = {
  decoder: Decoder;
  /**
   * In the order of the drop: behind a later job that waits for a request, an earlier one would be blocked. The
   * last started job is being decoded, earlier ones are being hashed.
   */
  jobs: DecodeJob[];
  /** Resolves when the last of these jobs has been sent. */
  sent: Promise<void>;
  /** Whether it has started: from then on a file is at fault if it ends. */
  ready: boolean;
  /** Counts while slices are waited for; pauses while there is no job, or the worker waits for a request for more. */
  deadline: Deadline;
};

/**
 * @param spawn starts a worker
 * @param size maximum workers; started on demand
 */
export function createPool(options: {
  spawn: () => Decoder;
  size: number;
  key: CryptoKey;
  preprocessing: Reading;
}): Pool {
  const { spawn, size, key, preprocessing } = options;
  const waiting: DecodeJob[] = [];
  const slots = new Set<WorkerSlot>();
  let failedStarts = 0;
  const end = new AbortController();

  function start(): WorkerSlot {
    const decoder = spawn();
    const limitMs = () => {
      const [first] = slot.jobs;
      return first ? first.limitMs + (first.started ? 0 : START_MS) : Number.POSITIVE_INFINITY;
    };
    const deadline = createDeadline(limitMs, () => replace(slot, { code: 'timeout' }));
    const slot: WorkerSlot = { decoder, jobs: [], sent: Promise.resolve(), ready: false, deadline };
    slots.add(slot);
    decoder.call.configure({ key, preprocessing }).then(
      () => {
        slot.ready = true;
        failedStarts = 0;
      },
      () => replace(slot, { code: 'malformed' }),
    );
    return slot;
  }

  /** Assigns jobs whose files are read to the workers with the fewest jobs. */
  function dispatch(): void {
    while (!end.signal.aborted && waiting[0]?.loaded) {
      const all = [...slots];
      const next = nextWorker(
        all.map(({ jobs }) => jobs.length),
        size,
      );
      if (next === 'wait') return;
      send(next === 'start' ? start() : all[next], waiting.shift()!);
    }
  }

  function send(slot: WorkerSlot, job: DecodeJob): void {
    slot.jobs.push(job);
    if (slot.jobs.length === 1) slot.deadline.restart();
    const before = slot.sent;
    slot.sent = (async () => {
      const files = job.loaded ?? (await job.load());
      job.loaded = null;
      await before;
      if (!slots.has(slot)) return;
      const args = move({ id: job.id, files }, buffersOf(files));
      void receive(slot, job, slot.decoder.call.open(args, { onEvent: signOfLife(slot, job) }));
    })();
  }

  function signOfLife(slot: WorkerSlot, job: DecodeJob): () => void {
    return () => {
      slot.deadline.extend();
      job.started = true;
    };
  }

  async function receive(slot: WorkerSlot, job: DecodeJob, reply: Promise<DecodeReply>): Promise<void> {
    try {
      const batches = sliceBatchesOf(await reply);
      if (!slots.has(slot)) return;
      slot.deadline.pause();
      job.answer(batches);
      if (!job.complete) return;
      slot.jobs.shift();
      if (slot.jobs.length > 0) slot.deadline.restart();
      dispatch();
    } catch {
      replace(slot, { code: 'malformed' });
    }
  }

  function ask(job: DecodeJob): void {
    for (const slot of slots) {
      if (slot.jobs[0] !== job) continue;
      slot.deadline.restart();
      void receive(slot, job, slot.decoder.call.next({ id: job.id }, { onEvent: signOfLife(slot, job) }));
    }
  }

  /** Ends a worker. Its current file becomes `skip`; the others go to a replacement. */
  function replace(slot: WorkerSlot, skip: Skip): void {
    if (!slots.delete(slot)) return;
    close(slot);
    const { jobs, ready } = slot;
    const atFault = jobAtFault(jobs);
    const left = jobs.flatMap((job, i) => (ready && i === atFault ? job.split(skip) : [job]));
    for (const job of left) job.started = false;
    if (!ready && ++failedStarts >= MOST_FAILED_STARTS) {
      waiting.unshift(...left);
      terminate(decodersFail());
      return;
    }
    if (left.length > 0) {
      const replacement = start();
      for (const job of left) send(replacement, job);
    }
    dispatch();
  }

  function terminate(reason: unknown): void {
    if (end.signal.aborted) return;
    end.abort(reason);
    const all = [...slots];
    slots.clear();
    for (const slot of all) {
      close(slot);
      for (const job of slot.jobs) job.fail(reason);
    }
    for (const job of waiting.splice(0)) job.fail(reason);
  }

  return {
    size,
    terminate,
    open: ({ files, bytes, load }) => {
      const job = createDecodeJob(files, FRAME_MS + bytes * MS_PER_BYTE, load);
      if (end.signal.aborted) job.fail(end.signal.reason);
      else {
        waiting.push(job);
        void job.load().then((loaded) => {
          job.loaded = loaded;
          dispatch();
        });
      }
      return job.slices(ask);
    },
  };
}

function close({ decoder, deadline }: WorkerSlot): void {
  deadline.pause();
  decoder.close();
  decoder.terminate();
}

/** The buffers of files, transferred with them. */
function buffersOf(files: readonly FileBytes[]): ArrayBuffer[] {
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
