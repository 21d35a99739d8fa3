/** The events that a training reports to the page. */
import type { DeviceInfo } from '../engine/devices/types.ts';
import type { SliceRef } from '../types.ts';
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
  /** One point of the curve; several per epoch. */
  | { kind: 'point'; point: CurvePoint }
  /** Time from pressing Train to the first point of a new run. */
  | { kind: 'firstPoint'; seconds: number }
  /** An epoch has ended: the records of all so far. */
  | { kind: 'epoch'; history: EpochRecord[] }
  /** The watched slices of test, and the network's answers for them, n×K in their order. */
  | { kind: 'watching'; slices: WatchedSlice[] }
  | { kind: 'watched'; probabilities: Float32Array }
  /** The position from which a later resume continues: `step` of the `steps` of `epoch`, both from 1. */
  | { kind: 'checkpoint'; epoch: number; step: number; steps: number }
  /** A training resumed from its checkpoint: later steps are repeated. */
  | { kind: 'resumed'; step: number };

/** `truth` is the id of a class, `dataset` of a dataset; `pixels` 224×224 uint8. */
export type WatchedSlice = SliceRef & { truth: string; dataset: string; pixels: Uint8Array };

export type RunOutcome = 'finished' | 'stopped';
