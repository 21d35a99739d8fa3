/** The loop over a run's data: batches, validation, and what is told of both. */

import { confusion } from '../../src/core/evaluate/confusion.ts';
import { METRICS } from '../../src/core/evaluate/metrics/index.ts';
import { createPredict } from '../../src/core/evaluate/predict.ts';
import { createBatches } from '../../src/core/train/batches.ts';
import { addPoint, type CurvePoint } from '../../src/core/train/curve.ts';
import { type LoopState, runLoop, type Validation } from '../../src/core/train/loop.ts';
import { noisyLabels } from '../../src/core/train/noise.ts';
import { createSliceReader } from '../../src/core/train/slices.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import type { OpenTrainer } from '../host/device.ts';
import { save } from './saved.ts';
import type { Session } from './session.ts';
import { createWatch } from './watched.ts';

/** Memory for reduced training slices, and for those of the validate split. */
const CACHE_BYTES = 512 * 1024 * 1024;
const VALIDATE_CACHE_BYTES = 128 * 1024 * 1024;

/** Trains from a state to the end of the last epoch, or until it is stopped. */
export function learn(session: Session, { trainer, info }: OpenTrainer, state: LoopState) {
  const { run, data, store, control, context, yieldToEventLoop, nowMs } = session;
  const { config } = run;
  const { train: table, validate, test } = data.tables;
  const learned = { ...table, label: noisyLabels(table.label, config.labelNoise ?? 0, config.seed) };
  const batches = createBatches(learned, { ...config, cacheBytes: CACHE_BYTES }, store.shardPixels, {
    yieldToEventLoop,
    nowMs,
  });
  const total = batches.stepsPerEpoch * config.epochs;
  const phase = (name: 'training' | 'validating' | 'paused', done: number, of: number) =>
    context.emit({ kind: 'phase', phase: name, done, total: of });

  phase('training', state.step, total);
  return runLoop(
    {
      config,
      trainer,
      batches,
      control,
      nowMs,
      yieldToEventLoop,
      signal: context.signal,
      overlapsCompute: info.name === 'webgpu',
      validate: validate.count > 0 ? validation(session, trainer) : null,
      validateImages: validate.count,
      evaluationImages: control.modelOnly.aborted ? 0 : table.count + validate.count + test.count,
      watch: createWatch(session, trainer),
      checkpoint: (reached) => save(session, trainer, reached),
      events: {
        phase,
        point: (point) => {
          keepPoint(session, point);
          context.emit({ kind: 'point', point });
          phase('training', point.step, total);
        },
        epoch: (record) => {
          run.history = [...run.history, record];
          context.emit({ kind: 'epoch', epoch: record });
        },
      },
    },
    state,
  );
}

function validation({ run, data, store, yieldToEventLoop, context }: Session, trainer: Trainer) {
  const table = data.tables.validate;
  const reader = createSliceReader(table, run.config.inputSize, store.shardPixels, yieldToEventLoop);
  const predict = createPredict(table, reader, VALIDATE_CACHE_BYTES);
  return async (stop: AbortSignal): Promise<Validation> => {
    const signal = AbortSignal.any([context.signal, stop]);
    const probabilities = await predict(trainer, { signal });
    const predictions = { truth: table.label, probabilities };
    const counts = confusion(predictions);
    return {
      loss: METRICS.loss.compute(predictions)!,
      accuracy: METRICS.accuracy.compute(counts)!,
      balancedAccuracy: METRICS.balancedAccuracy.compute(counts)!,
    };
  };
}

/** The press of Train is when the record was made; both clocks are the machine's. */
function keepPoint({ run, resumed }: Session, point: CurvePoint): void {
  if (!resumed) run.firstPointSeconds ??= (Date.now() - run.createdMs) / 1000;
  addPoint(run.points, point);
}
