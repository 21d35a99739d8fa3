/** The messages between the page and the worker that looks for copies. */
import type { CallContext } from '../rpc.ts';
import type { Fence } from '../types.ts';
import type { LeakRecord } from './record.ts';

/** Slices are read, then compared; `rate` in slices a second, null as long as it is not known. */
export type LeakProgress = {
  doing: 'reading' | 'comparing';
  done: number;
  total: number;
  rate: number | null;
  secondsLeft: number | null;
};

/** Served by workers/leaks.ts; one job at a time. */
export type LeakService = {
  /** Compares all slices of a project, and keeps what was found. */
  check(
    args: { project: string; fence: Fence | null },
    context: CallContext<LeakProgress>,
  ): Promise<LeakRecord>;
};
