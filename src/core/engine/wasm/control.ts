/**
 * The control block at the start of memory, through which the main thread hands jobs to the compute threads.
 *
 * A job is one exported kernel. Its arguments lie at ARGUMENTS; its work is divided into items that threads take from
 * one counter. Every output element belongs to one item, and an item adds in a fixed order, so that the bits do not
 * depend on the number of threads or on their schedule.
 *
 * devices/simd/layout.ts holds the same addresses for the JavaScript side.
 */

/** Incremented for each job; threads sleep on it. */
const SEQUENCE: usize = 1024;
/** Threads that have not finished the job. */
const PENDING: usize = 1088;
/** Next item of the job. */
const NEXT: usize = 1152;
/** Index of the job's kernel; -1 ends the threads. */
const KERNEL: usize = 1216;
const ARGUMENTS: usize = 2048;

/** 64 KiB that stay zero, read by taps outside the image. */
export const ZEROS: usize = 65536;

/** About 50 µs: shorter than waking a thread. */
const SPINS: i32 = 20000;

export function argument(index: i32): i32 {
  return load<i32>(ARGUMENTS + ((<usize>index) << 2));
}

export function pointer(index: i32): usize {
  return load<usize>(ARGUMENTS + ((<usize>index) << 2));
}

export function real(index: i32): f32 {
  return load<f32>(ARGUMENTS + ((<usize>index) << 2));
}

/** Takes the next item of the current job. */
export function take(): i32 {
  return atomic.add<i32>(NEXT, 1);
}

/** Main thread: opens a job for `threads` other threads. */
export function start(kernel: i32, threads: i32): void {
  atomic.store<i32>(NEXT, 0);
  if (threads === 0) return;
  store<i32>(KERNEL, kernel);
  atomic.store<i32>(PENDING, threads);
  atomic.add<i32>(SEQUENCE, 1);
  atomic.notify(SEQUENCE, threads);
}

/** Main thread: spins a while; returns the number of threads still working. */
export function finish(): i32 {
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(PENDING) === 0) return 0;
  }
  return atomic.load<i32>(PENDING);
}

/** Compute thread: waits until the sequence differs from `seen`; returns the kernel to run. */
export function next(seen: i32): i32 {
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(SEQUENCE) !== seen) return load<i32>(KERNEL);
  }
  while (atomic.load<i32>(SEQUENCE) === seen) atomic.wait<i32>(SEQUENCE, seen, -1);
  return load<i32>(KERNEL);
}

/** Compute thread: its share of the job is done. */
export function done(): void {
  if (atomic.sub<i32>(PENDING, 1) === 1) atomic.notify(PENDING, 1);
}
