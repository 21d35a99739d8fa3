/** What the page and the train worker say to each other: runs are trained and evaluated there. */
import type { DeviceInfo, DeviceName } from '../engine/devices/types.ts';
import type { SplitEvaluation } from '../evaluate/evaluation.ts';
import type { AlterationName } from '../image/alterations.ts';
import type { CallContext } from '../rpc.ts';
import type { Fence, Split } from '../types.ts';
import type { RunOutcome, TrainEvent } from './events.ts';

/** Served by workers/train.ts; one run at a time. */
export type TrainService = {
  /** Trains a stored run from its beginning or its last checkpoint, then evaluates it on every split. */
  train(
    args: { run: string; resume: boolean; fence: Fence | null },
    context: CallContext<TrainEvent>,
  ): Promise<{ outcome: RunOutcome }>;
  pause(): Promise<void>;
  proceed(): Promise<void>;
  /**
   * Ends training at the next step; what was learned is kept. `evaluate` false leaves the evaluation for later, and
   * ends one that is under way.
   */
  stop(args: { evaluate: boolean }): Promise<void>;
  /** Evaluates the stored model of a run that is over, on the data as they are now. */
  evaluate(args: { run: string; fence: Fence | null }, context: CallContext<TrainEvent>): Promise<void>;
  /** Figures of one split for slices that are altered first (image/alterations.ts). Stores nothing. */
  evaluateAltered(
    args: { run: string; split: Split; alteration: AlterationName },
    context: CallContext<TrainEvent>,
  ): Promise<SplitEvaluation>;
  /** What `auto` would give on this machine. */
  probe(args: { device: 'auto' | DeviceName }): Promise<DeviceInfo>;
};
