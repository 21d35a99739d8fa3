/** The training loop: steps, curve points, validation, checkpoints. It changes only the trainer and one plain state. */

import type { Batch, Batches } from './batches.ts';
import { isDone, isToKeep } from './choice.ts';
import type { Control } from './control.ts';
import type { CurvePoint } from './curve.ts';
import type { RunOutcome } from './events.ts';
import { createMeter } from './meter.ts';
import type { EpochRecord, RunConfig } from './run.ts';
import { afterStep, learningRateAt, type ScheduleState, startSchedule } from './schedule.ts';
import type { YieldToEventLoop } from './slices.ts';
import type { Trainer } from './trainer.types.ts';

/** The position of a training: with the trainer's state, enough for a bit-equal resume. Plain data. */
export type LoopState = {
  /** Optimiser steps done. */
  step: number;
  /** Completed epochs, including validation. */
  epoch: number;
  schedule: ScheduleState;
  /** Sums over the steps of the current epoch. */
  lossSum: number;
  correct: number;
  /** Training seconds of the current epoch, without pauses. */
  seconds: number;
  history: EpochRecord[];
};

export type Validation = { loss: number; accuracy: number; balancedAccuracy: number };

export type LoopEvents = {
  point(point: CurvePoint): void;
  /** An epoch has ended and is stored: the records of all so far. */
  epoch(history: EpochRecord[]): void;
  phase(phase: 'training' | 'validating' | 'paused', done: number, total: number): void;
};

export type LoopParts = {
  config: RunConfig;
  trainer: Trainer;
  batches: Batches;
  control: Control;
  events: LoopEvents;
  /** null if the validate split is empty. Rejects when the run is stopped. */
  validate: ((stop: AbortSignal) => Promise<Validation>) | null;
  /** Predicts the watched slices; called after a point of the curve. */
  watch(): Promise<void>;
  /** Stores the trainer's state beside the given one. */
  checkpoint(state: LoopState): Promise<void>;
  /** Stores the weights of an epoch that is the best so far. */
  keep?(state: LoopState): Promise<void>;
  /** Images predicted after each epoch, and after the last one, for the remaining time. */
  validateImages: number;
  evaluationImages: number;
  /** Whether the device computes beside this thread, so that batches are made meanwhile. */
  overlapsCompute: boolean;
  nowMs(): number;
  /** Yields to messages; called after every step. */
  yieldToEventLoop: YieldToEventLoop;
  signal: AbortSignal;
};

/**
 * How long a state may remain unsaved, apart from the checkpoint at the end of each epoch: at most LONGEST_MS, less
 * if saving takes no more than SAVING of the time, never less than SHORTEST_MS.
 */
const LONGEST_MS = 30_000;
const SHORTEST_MS = 10_000;
const SAVING = 0.02;

export function startLoop(): LoopState {
  return { step: 0, epoch: 0, schedule: startSchedule(), lossSum: 0, correct: 0, seconds: 0, history: [] };
}

export type LoopResult = { outcome: RunOutcome; imagesPerSecond: number | null };

/**
 * Trains from `state`, which it changes in place, to the end of the run or until a stop is requested. Then it ends
 * after the current step, or without it if its batch is computed in parts. The final state is checkpointed, unless it throws.
 */
export async function runLoop(parts: LoopParts, state: LoopState): Promise<LoopResult> {
  const { config, trainer, batches, control, events, nowMs, signal } = parts;
  const steps = batches.stepsPerEpoch;
  const length = { steps: steps * config.epochs, stepsPerEpoch: steps };
  const meter = createMeter({ ...parts, batch: config.batch, length });
  let checkpointMs = nowMs();
  let everyMs = SHORTEST_MS;
  let ready = state.step < length.steps ? batches.batch(state.step) : null;

  while (!isDone(config, state.history, state.epoch)) {
    while (ready && state.step < (state.epoch + 1) * steps) {
      if (control.paused) await pause();
      signal.throwIfAborted();
      if (control.stopping) return stopped();
      const learningRate = learningRateAt(
        config.schedule,
        config.learningRate,
        state.schedule,
        state.step,
        length,
      );
      if (!(await step(await nextBatch(ready), learningRate))) continue;
      const epochEnds = state.step === (state.epoch + 1) * steps;
      const point = meter.point(state.step, learningRate, epochEnds);
      if (point) {
        events.point(point);
        await meter.outside(parts.watch);
      }
      // The next step would end too late to be the one that is saved.
      if (!epochEnds && due(meter.stepMs())) await checkpoint();
      await parts.yieldToEventLoop();
    }
    if (!(await endEpoch())) return stopped();
    // Before the state that follows from it: an epoch that is done again has the same weights.
    if (isToKeep(config, state.history)) await meter.outside(async () => parts.keep?.({ ...state }));
    await checkpoint();
    // Only after it is stored: a user who sees it may close the tab.
    events.epoch(state.history);
  }
  return { outcome: 'finished', imagesPerSecond: meter.imagesPerSecond() };

  async function nextBatch(coming: Promise<Batch>): Promise<Batch> {
    meter.waiting();
    const batch = await coming;
    meter.ready(batch.madeMs);
    return batch;
  }

  /** false if it was stopped between the parts of its batch: then nothing has changed. */
  async function step({ pixels, labels }: Batch, learningRate: number): Promise<boolean> {
    const running = trainer.step(pixels, labels, learningRate, state.step, between);
    // The next batch is made while the device computes this one.
    ready = state.step + 1 < length.steps ? batches.batch(state.step + 1) : null;
    ready?.catch(() => undefined);
    const result = await running.catch((reason: unknown) => {
      if (reason !== control.stopSignal.reason) throw reason;
      return null;
    });
    if (!result) return false;
    const { loss, correct } = result;
    state.schedule = afterStep(config.schedule, state.schedule, state.step, loss, length);
    state.step++;
    state.lossSum += loss;
    state.correct += correct;
    state.seconds += meter.stepped(loss, correct);
    return true;
  }

  /** A part can take half a minute for large networks and images. */
  async function between(): Promise<void> {
    await parts.yieldToEventLoop();
    signal.throwIfAborted();
    control.stopSignal.throwIfAborted();
  }

  /** false if a stop ended the validation: the epoch then stays open. */
  async function endEpoch(): Promise<boolean> {
    const validation = await validateEpoch();
    if (validation === 'stopped') return false;
    const record: EpochRecord = {
      epoch: state.epoch + 1,
      trainLoss: state.lossSum / steps,
      trainAccuracy: state.correct / (steps * config.batch),
      validateLoss: validation?.loss ?? null,
      validateAccuracy: validation?.accuracy ?? null,
      validateBalancedAccuracy: validation?.balancedAccuracy ?? null,
      learningRate: learningRateAt(
        config.schedule,
        config.learningRate,
        state.schedule,
        state.step - 1,
        length,
      ),
      seconds: state.seconds,
      imagesPerSecond: (steps * config.batch) / state.seconds,
    };
    state.epoch++;
    state.lossSum = 0;
    state.correct = 0;
    state.seconds = 0;
    state.history = [...state.history, record];
    return true;
  }

  async function validateEpoch(): Promise<Validation | null | 'stopped'> {
    const { validate, validateImages } = parts;
    if (!validate) return null;
    if (due(meter.predictMs() * validateImages)) await checkpoint();
    events.phase('validating', 0, validateImages);
    let validation: Validation | null = null;
    const tookMs = await meter.outside(async () => {
      try {
        validation = await validate(control.stopSignal);
      } catch (error) {
        if (signal.aborted || !control.stopping) throw error;
      }
    });
    if (!validation) return 'stopped';
    meter.predicted(tookMs / validateImages);
    events.phase('training', state.step, length.steps);
    return validation;
  }

  async function pause(): Promise<void> {
    await checkpoint();
    events.phase('paused', state.step, length.steps);
    await meter.outside(() => control.untilGoing(signal));
    events.phase('training', state.step, length.steps);
  }

  async function stopped(): Promise<LoopResult> {
    await checkpoint();
    return { outcome: 'stopped', imagesPerSecond: meter.imagesPerSecond() };
  }

  /** Whether to save a state now rather than in `aheadMs`. */
  function due(aheadMs: number): boolean {
    return nowMs() + aheadMs - checkpointMs >= everyMs;
  }

  async function checkpoint(): Promise<void> {
    const tookMs = await meter.outside(() => parts.checkpoint({ ...state }));
    everyMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, tookMs / SAVING));
    checkpointMs = nowMs();
  }
}
