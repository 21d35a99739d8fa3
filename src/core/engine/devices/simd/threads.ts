/**
 * The compute threads: they sleep in WebAssembly on a sequence number, and all run the same kernel on the
 * same memory. The only message to a thread is `ComputeThreadStart`; it answers through memory alone.
 */
import { LabError } from '../../../errors.ts';
import type { ComputeThread } from '../types.ts';
import { ARGUMENT_COUNT, ARGUMENTS, FAILED, PENDING, READY, SEQUENCE } from './layout.ts';

/** The start message of a thread. `index` counts from 1: 0 is the thread that dispatches jobs. */
export type ComputeThreadStart = { module: WebAssembly.Module; memory: WebAssembly.Memory; index: number };

type Kernel = (thread: number) => void;
type Control = {
  start(kernel: number, threads: number): void;
  finish(): number;
  next(seen: number): number;
  done(): void;
};

const CONTROL_NAMES = ['start', 'finish', 'next', 'done'];
/** If a job takes longer than this, a thread was lost. */
const JOB_MS = 120_000;
const START_MS = 15_000;

function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const names = Object.keys(exports).filter((name) => !CONTROL_NAMES.includes(name));
  return {
    control: exports as unknown as Control,
    names,
    kernels: names.map((name) => exports[name] as Kernel),
  };
}

/** The body of a compute thread: returns when the device is disposed of. */
export function runComputeThread({ module, memory, index }: ComputeThreadStart): void {
  const { control, kernels } = instantiate(module, memory);
  const words = new Int32Array(memory.buffer);
  let seen = Atomics.load(words, SEQUENCE >> 2);
  Atomics.add(words, READY >> 2, 1);
  for (;;) {
    const kernel = control.next(seen);
    if (kernel < 0) return;
    seen = (seen + 1) | 0;
    try {
      kernels[kernel](index);
    } catch {
      Atomics.store(words, FAILED >> 2, 1);
    }
    control.done();
  }
}

function lost(): LabError {
  return new LabError(
    'device-lost',
    'A compute thread stopped.',
    'Everything stored before this is kept.',
    'Start again from the last checkpoint; if it happens again, close other tabs or reload the page.',
  );
}

/** Dispatches jobs: one kernel at a time, on all threads. */
export class Threads {
  /** Number of threads, including the calling one. */
  readonly count: number;
  /** Milliseconds and calls per kernel while not null. */
  profile: Map<string, { ms: number; calls: number }> | null = null;
  readonly memory: WebAssembly.Memory;
  readonly #control: Control;
  readonly #kernels = new Map<string, { index: number; run: Kernel }>();
  readonly #threads: ComputeThread[];
  readonly #nowMs: () => number;
  #words: Int32Array;
  #broken = false;

  constructor(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    threads: ComputeThread[],
    nowMs: () => number,
  ) {
    const { control, names, kernels } = instantiate(module, memory);
    names.forEach((name, index) => {
      this.#kernels.set(name, { index, run: kernels[index] });
    });
    this.memory = memory;
    this.#control = control;
    this.#threads = threads;
    this.#nowMs = nowMs;
    this.#words = new Int32Array(memory.buffer);
    this.count = threads.length + 1;
    threads.forEach((thread, i) => {
      thread.onError(() => {
        this.#broken = true;
      });
      thread.postMessage({ module, memory, index: i + 1 } satisfies ComputeThreadStart);
    });
  }

  /** Resolves when every thread has started. @throws LabError device-lost */
  async ready(): Promise<void> {
    const deadline = this.#nowMs() + START_MS;
    while (Atomics.load(this.#words, READY >> 2) < this.#threads.length) {
      if (this.#broken || this.#nowMs() > deadline) throw lost();
      await new Promise<void>((resolve) => setTimeout(resolve, 2));
    }
  }

  /**
   * Runs a kernel to its end.
   * @param values integers and addresses; floats through `floatBits`
   * @param alone true if waking the others costs more than they help
   * @throws LabError device-lost
   */
  run(name: string, values: number[], alone = false): void {
    if (this.#broken) throw lost();
    const kernel = this.#kernels.get(name);
    if (!kernel || values.length > ARGUMENT_COUNT)
      throw new Error(`No kernel ${name} for ${values.length} arguments.`);
    // Growing an unshared memory detaches its views.
    if (this.#words.length === 0) this.#words = new Int32Array(this.memory.buffer);
    this.#words.set(values, ARGUMENTS >> 2);
    const began = this.profile ? this.#nowMs() : 0;
    this.#control.start(kernel.index, alone ? 0 : this.#threads.length);
    try {
      kernel.run(0);
    } catch (error) {
      this.#broken = true;
      throw error;
    }
    if (!alone) this.#join();
    if (this.profile) {
      const entry = this.profile.get(name) ?? { ms: 0, calls: 0 };
      entry.ms += this.#nowMs() - began;
      entry.calls++;
      this.profile.set(name, entry);
    }
  }

  dispose(): void {
    this.#broken = true;
    if (this.#threads.length > 0) this.#control.start(-1, this.#threads.length);
    for (const thread of this.#threads) thread.terminate();
  }

  #join(): void {
    let deadline = 0;
    for (let pending = this.#control.finish(); pending > 0; pending = this.#control.finish()) {
      const now = this.#nowMs();
      deadline ||= now + JOB_MS;
      if (now > deadline) this.#broken = true;
      if (this.#broken) throw lost();
      waitFor(this.#words, pending);
    }
    if (Atomics.load(this.#words, FAILED >> 2) !== 0) {
      this.#broken = true;
      throw lost();
    }
  }
}

/** Sleeps until the number of pending threads changes; a page's main thread must not sleep and spins instead. */
function waitFor(words: Int32Array, pending: number): void {
  try {
    Atomics.wait(words, PENDING >> 2, pending, 20);
  } catch {
    // Not allowed here: the caller spins.
  }
}

const scratch = new DataView(new ArrayBuffer(4));

/** The bits of an f32, as an argument. */
export function floatBits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getInt32(0);
}
