/** What the page and the train worker say to each other. */
import type { DeviceInfo, DeviceName } from '../engine/devices/types.ts';
import type { SplitEvaluation } from '../evaluate/evaluation.ts';
import type { AlterationName } from '../image/alterations.ts';
import type { CallContext } from '../rpc.ts';
import type { Fence, Modality, SliceRef, Split } from '../types.ts';
import type { CurvePoint } from './curve.ts';
import type { EpochRecord } from './run.ts';

export type TrainEvent =
  | { kind: 'device'; device: DeviceInfo; parameters: number }
  | {
      kind: 'phase';
      phase: 'preparing' | 'training' | 'validating' | 'evaluating' | 'paused';
      done: number;
      total: number;
    }
  /** One point of the curve; several an epoch. */
  | { kind: 'point'; point: CurvePoint }
  | { kind: 'epoch'; epoch: EpochRecord }
  /** Slices of test that are watched from now on, and the network's answers on them, n×4 in their order. */
  | { kind: 'watching'; slices: WatchedSlice[] }
  | { kind: 'watched'; probabilities: Float32Array }
  /** The step and epoch that a later resume goes on from: `step` of the `steps` of `epoch`, both from 1. */
  | { kind: 'checkpoint'; epoch: number; step: number; steps: number }
  /** A training goes on from its checkpoint: what came after that step is done again. */
  | { kind: 'resumed'; step: number };

/** `dataset` is an id, `pixels` 224×224 uint8. */
export type WatchedSlice = SliceRef & { truth: Modality; dataset: string; pixels: Uint8Array };

export type RunOutcome = 'finished' | 'stopped';

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
  /** Figures of one split for slices that are altered first (evaluate/alterations.ts). Stores nothing. */
  evaluateAltered(
    args: { run: string; split: Split; alteration: AlterationName },
    context: CallContext<TrainEvent>,
  ): Promise<SplitEvaluation>;
  /** What `auto` would give on this machine. */
  probe(args: { device: 'auto' | DeviceName }): Promise<DeviceInfo>;
};
