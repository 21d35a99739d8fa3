/** Runs mutations on threads under a deadline and a cap on memory; what looks bad is judged again, alone. */
import '../../scripts/foreground.js';
import { Worker } from 'node:worker_threads';
import type { FuzzJob, FuzzMessage } from './fuzzThread.ts';
import { mutator, type Seed } from './mutate.ts';
import { unnamed } from './outcome.ts';
import type { Failure } from './report.ts';
import { LIMITS, openSandbox } from './sandbox.ts';

export type FuzzOptions = {
  seeds: Seed[];
  count: number;
  seed: number;
  threads: number;
  /** Bundles of fuzzThread.ts and decodeThread.ts. */
  code: { fuzz: URL; decode: URL };
  onProgress?: (done: number) => void;
  /** Told of every input that failed. */
  onFailure?: (index: number, bytes: Uint8Array) => void;
};

export type FuzzReport = {
  seeds: number;
  crashes: number;
  hangs: number;
  unnamed: number;
  oversized: number;
  /** First outcome of each file. */
  outcomes: Record<string, number>;
  failures: Failure[];
};

const WATCH_MS = 20;
/** A thread looks at several files between two looks at the memory. */
const SUSPECTS = 8;

/** Thread starts cost most of what a killed one costs, so only a thread that hangs or dies is replaced. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seeds, count, seed, threads, code } = options;
  const suspects = new Set<number>();
  const report: FuzzReport = {
    seeds: seeds.length,
    ...{ crashes: 0, hangs: 0, unnamed: 0, oversized: 0 },
    outcomes: {},
    failures: [],
  };
  const currents: Int32Array[] = [];
  let done = 0;

  const stopWatching = watchMemory(() => {
    for (const current of currents) {
      const index = Atomics.load(current, 0);
      for (let back = 0; back < SUSPECTS; back++)
        if (index >= back * threads) suspects.add(index - back * threads);
    }
  });

  /** One thread after the other for the indices of one lane. */
  const lane = async (first: number) => {
    const current = new Int32Array(new SharedArrayBuffer(4));
    currents.push(current);
    let from = first;
    while (from < count) {
      Atomics.store(current, 0, from);
      const job: FuzzJob = { seeds, seed, first: from, end: count, step: threads, current };
      const stoppedAt = await runThread(code.fuzz, job, (message) => {
        if (message.type === 'failure') {
          suspects.add(message.index);
          return;
        }
        done += message.done;
        for (const [name, times] of Object.entries(message.outcomes)) {
          report.outcomes[name] = (report.outcomes[name] ?? 0) + times;
        }
        options.onProgress?.(done);
      });
      if (stoppedAt === null) return;
      suspects.add(stoppedAt);
      from = stoppedAt + threads;
    }
  };
  await Promise.all(Array.from({ length: threads }, (_, first) => lane(first)));
  stopWatching();
  await judge(suspects, options, report);
  return report;
}

/** Each suspect alone: a thread beside it may have taken the memory or the time. */
async function judge(suspects: ReadonlySet<number>, options: FuzzOptions, report: FuzzReport): Promise<void> {
  const mutate = mutator(options.seeds, options.seed);
  const sandbox = openSandbox(options.code.decode);
  for (const index of [...suspects].sort((a, b) => a - b)) {
    const { seed, bytes } = mutate(index);
    const result = await sandbox.decode(bytes);
    const nameless = 'failed' in result ? result.failed : unnamed(result.outcome);
    const oversized = result.grownBytes > LIMITS.bytes;
    if (!nameless && !oversized) continue;
    if (nameless?.startsWith('no end')) report.hangs++;
    else if ('failed' in result) report.crashes++;
    else if (nameless) report.unnamed++;
    else report.oversized++;
    report.failures.push({
      file: `mutation ${index} of ${seed}`,
      expected: 'slices or a named skip within the limits',
      got: nameless ?? `${Math.round(result.grownBytes / 2 ** 20)} MB`,
    });
    options.onFailure?.(index, bytes);
  }
  await sandbox.close();
}

/** Resolves with null at the end of the job, or with the index at which the thread hung or died. */
function runThread(
  code: URL,
  job: FuzzJob,
  onMessage: (message: FuzzMessage) => void,
): Promise<number | null> {
  return new Promise((resolve) => {
    const worker = new Worker(code, {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.bytes / 2 ** 20 },
    });
    let last = -1;
    let since = performance.now();
    const settle = (index: number | null) => {
      clearInterval(watch);
      worker.off('message', onMessage).off('exit', onExit);
      void worker.terminate().then(() => resolve(index));
    };
    const watch = setInterval(() => {
      const index = Atomics.load(job.current, 0);
      if (index !== last) {
        last = index;
        since = performance.now();
      } else if (performance.now() - since > LIMITS.ms) {
        settle(index);
      }
    }, WATCH_MS);
    worker.on('message', onMessage);
    worker.on('error', () => settle(Atomics.load(job.current, 0)));
    const onExit = (status: number) => settle(status === 0 ? null : Atomics.load(job.current, 0));
    worker.on('exit', onExit);
  });
}

/** Calls `onHigh` whenever the process holds another 256 MB more than at the start. */
function watchMemory(onHigh: () => void): () => void {
  const step = LIMITS.bytes / 2;
  let mark = process.memoryUsage.rss() + LIMITS.bytes;
  const timer = setInterval(() => {
    const held = process.memoryUsage.rss();
    if (held < mark) return;
    onHigh();
    mark = held + step;
  }, WATCH_MS);
  return () => clearInterval(timer);
}
