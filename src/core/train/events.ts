/** What a training reports to the page. */
import type { DeviceInfo } from '../engine/devices/types.ts';
import type { Modality, SliceRef } from '../types.ts';
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
  /** The first point of a run that began just now, so long after Train was pressed. */
  | { kind: 'firstPoint'; seconds: number }
  /** An epoch has ended: the records of all so far. */
  | { kind: 'epoch'; history: EpochRecord[] }
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
