/** Decodes files in a worker that may be killed: at a deadline, or where it takes too much memory. */
import '../../scripts/foreground.js';
import { Worker } from 'node:worker_threads';
import type { Outcome } from './outcome.ts';

/** What one file may take. */
export const LIMITS = { ms: 5_000, bytes: 512 * 2 ** 20 } as const;

/** `grownBytes`: how much more memory the process held at the worst moment than before. */
export type Result = { ms: number; grownBytes: number } & ({ outcome: Outcome } | { failed: string });

export type Sandbox = {
  /** One file at a time. */
  decode(bytes: Uint8Array): Promise<Result>;
  close(): Promise<void>;
};

const SAMPLE_MS = 10;

/** `code` is the bundle of decodeThread.ts. */
export function openSandbox(code: URL, deadlineMs: number = LIMITS.ms): Sandbox {
  let worker: Worker | null = null;

  const spawn = () => {
    const spawned = new Worker(code, {
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.bytes / 2 ** 20, maxYoungGenerationSizeMb: 64 },
    });
    // An error while nobody asks is one of a thread that is being stopped.
    return spawned.on('error', () => {});
  };

  const drop = async () => {
    const dropped = worker;
    worker = null;
    await dropped?.terminate();
  };

  return {
    async decode(bytes) {
      worker ??= spawn();
      const memory = watchMemory();
      const begin = performance.now();
      const answer = await ask(worker, bytes, deadlineMs);
      const ms = Math.round(performance.now() - begin);
      const grownBytes = memory.stop();
      if ('failed' in answer) await drop();
      return { ...answer, ms, grownBytes };
    },
    close: drop,
  };
}

type Answer = { outcome: Outcome } | { failed: string };

function ask(worker: Worker, bytes: Uint8Array, deadlineMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(deadline);
      worker.off('message', settle).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const onError = (error: Error) => settle({ failed: `crash: ${error.message}` });
    const onExit = (code: number) => settle({ failed: `the thread ended with ${code}` });
    const deadline = setTimeout(() => settle({ failed: `no end within ${deadlineMs} ms` }), deadlineMs);
    worker.on('message', settle).on('error', onError).on('exit', onExit);
    worker.postMessage(bytes);
  });
}

/**
 * Memory of the process, sampled. Between samples only the process's own record knows, and only where it was
 * broken; where it wasn't, no sample that was missed can have been above it.
 */
function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss();
  const recordBefore = peakBytes();
  let highest = before;
  const sample = () => {
    highest = Math.max(highest, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      sample();
      const record = peakBytes();
      return Math.max(0, (record > recordBefore ? record : highest) - before);
    },
  };
}

/** maxRSS is in kilobytes. */
function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
