/** The messages between the page and the train worker, which trains and evaluates runs. */
import type { Fold } from '../dataset/protocols/protocol.ts';
import type { Share } from '../dataset/share.ts';
import type { DeviceInfo, DeviceName } from '../engine/devices/types.ts';
import type { SplitEvaluation } from '../evaluate/evaluation.ts';
import type { AlterationName } from '../image/alterations.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { CallContext } from '../rpc.ts';
import type { Fence, Split } from '../types.ts';
import type { Contents } from './contents.ts';
import type { RunOutcome, TrainEvent } from './events.ts';
import type { RatePoint } from './rateFinder.ts';
import type { FindRateArgs } from './session/findRate.ts';

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
   * Ends training at the next step and keeps the model. `evaluate` false leaves the evaluation for later, and
   * ends a running one.
   */
  stop(args: { evaluate: boolean }): Promise<void>;
  /** Evaluates the stored model of a finished run on the current data. `openTest`: also test that was to stay closed. */
  evaluate(
    args: { run: string; openTest: boolean; fence: Fence | null },
    context: CallContext<TrainEvent>,
  ): Promise<void>;
  /** Figures of one split for altered slices (image/alterations.ts). Stores nothing. */
  evaluateAltered(
    args: { run: string; split: Split; alteration: AlterationName },
    context: CallContext<TrainEvent>,
  ): Promise<SplitEvaluation>;
  /** What the data of a project, with labels of a set, are known by elsewhere. */
  contents(
    args: { project: string; labelSet: LabelSet; fold?: Fold | undefined; share?: Share | undefined },
    context: CallContext<TrainEvent>,
  ): Promise<Contents>;
  /** Losses while the learning rate grows. Stores nothing. */
  findRate(args: FindRateArgs, context: CallContext<RatePoint>): Promise<RatePoint[]>;
  /** The device of `auto` on this machine. */
  probe(args: { device: 'auto' | DeviceName }): Promise<DeviceInfo>;
};
