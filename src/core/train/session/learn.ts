/** The loop over a run's data: batches, validation, and their reports to the record and the page. */
import { confusion } from '../../evaluate/confusion.ts';
import { METRICS } from '../../evaluate/metrics/index.ts';
import { hasNone } from '../answers.ts';
import { createBatches } from '../batches.ts';
import { addPoint, type CurvePoint } from '../curve.ts';
import { labelSetOf } from '../labelSetOf.ts';
import { type LoopResult, runLoop, type Validation } from '../loop.ts';
import { noisyLabels } from '../noise.ts';
import { createPredict } from '../predict.ts';
import { createSliceReader } from '../slices.ts';
import type { Trainer } from '../trainer.types.ts';
import { unasked } from './evaluate.ts';
import { chooseEpoch, keepEpoch } from './keep.ts';
import type { OpenTrainer } from './port.ts';
import type { Session } from './prepare.ts';
import { type SavedState, type Start, save } from './save.ts';
import { createWatch } from './watch.ts';

/** Memory for reduced training slices, and for those of the validate split. */
const CACHE_BYTES = 512 * 1024 * 1024;
const VALIDATE_CACHE_BYTES = 128 * 1024 * 1024;

/** Trains to the end of the last epoch, or until it is stopped. `saved` is the final state. */
export async function learn(
  session: Session,
  { trainer, info }: OpenTrainer,
  start: Start,
): Promise<LoopResult & { saved: SavedState | null }> {
  const { journal, data, store, control, context, yieldToEventLoop, nowMs } = session;
  const { config } = journal.run;
  const classes = labelSetOf(journal.run).classes.length;
  const { train: table, validate } = data.tables;
  const learned = { ...table, label: noisyLabels(table.label, config.labelNoise ?? 0, config.seed) };
  const batches = createBatches(learned, { ...config, classes, cacheBytes: CACHE_BYTES }, store.shardPixels, {
    yieldToEventLoop,
    nowMs,
  });
  const total = batches.stepsPerEpoch * config.epochs;
  const phase = (name: 'training' | 'validating' | 'paused', done: number, of: number) =>
    context.emit({ kind: 'phase', phase: name, done, total: of });
  let { saved } = start;

  phase('training', start.loop.step, total);
  const result = await runLoop(
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
      evaluationImages: control.modelOnly.aborted
        ? 0
        : unasked(journal.run).reduce((sum, split) => sum + data.tables[split].count, 0),
      watch: createWatch(session, trainer),
      checkpoint: async (reached) => {
        saved = await save(session, trainer, reached);
      },
      keep: (reached) => keepEpoch(session, trainer, reached),
      events: {
        phase,
        point: (point) => {
          keepPoint(session, point);
          phase('training', point.step, total);
        },
        epoch: (history) => {
          journal.change({ history });
          context.emit({ kind: 'epoch', history });
        },
      },
    },
    start.loop,
  );
  if (config.epochBy === 'validate' && result.outcome === 'finished')
    saved = await chooseEpoch(session, trainer, start.loop, saved);
  return { ...result, saved };
}

function validation({ journal, data, store, yieldToEventLoop, context }: Session, trainer: Trainer) {
  const table = data.tables.validate;
  const { config } = journal.run;
  const reader = createSliceReader(table, config.inputSize, store.shardPixels, yieldToEventLoop);
  const predict = createPredict(table, reader, { cacheBytes: VALIDATE_CACHE_BYTES, none: hasNone(config) });
  return async (stop: AbortSignal): Promise<Validation> => {
    const signal = AbortSignal.any([context.signal, stop]);
    const { probabilities } = await predict(trainer, { signal });
    const { classes } = labelSetOf(journal.run);
    const predictions = { classes: classes.length, truth: table.label, probabilities };
    const counts = confusion(predictions);
    return {
      loss: METRICS.loss.compute(predictions)!,
      accuracy: METRICS.accuracy.compute(counts)!,
      balancedAccuracy: METRICS.balancedAccuracy.compute(counts)!,
    };
  };
}

/** Train was pressed when the record was created. */
function keepPoint({ journal, resumed, dateMs, context }: Session, point: CurvePoint): void {
  const { points, createdMs, firstPointSeconds } = journal.run;
  journal.change({ points: addPoint(points, point) });
  context.emit({ kind: 'point', point });
  if (resumed || firstPointSeconds !== null) return;
  const seconds = (dateMs() - createdMs) / 1000;
  journal.change({ firstPointSeconds: seconds });
  context.emit({ kind: 'firstPoint', seconds });
}
