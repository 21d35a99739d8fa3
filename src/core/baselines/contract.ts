/** The messages about baselines between the page and the train worker. */
import type { CallContext } from '../rpc.ts';
import type { TrainService } from '../train/contract.ts';
import type { RunRecord } from '../train/record.ts';
import type { Fence } from '../types.ts';

/** One baseline to be made: its new run, not stored yet, and the earlier runs that it takes the place of. */
export type BaselineOrder = { run: RunRecord; replaces: readonly string[] };

export type BaselineArgs = { orders: readonly BaselineOrder[]; fence: Fence | null };

/** `key`: the baseline being made; `done` of `total` slices over all baselines. */
export type BaselineProgress = { key: string; done: number; total: number };

/** What the train worker serves: its jobs exclude each other. */
export type TrainWorkerService = TrainService & {
  /** Fits, judges and stores baselines, one after the other; stored ones stay if it is cancelled. */
  makeBaselines(args: BaselineArgs, context: CallContext<BaselineProgress>): Promise<void>;
};
