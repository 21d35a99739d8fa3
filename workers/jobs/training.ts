/** Trains a stored run: data, device, loop, checkpoints, evaluation. What a person sees of it is stored as it comes. */
import type { DeviceInfo } from '../../src/core/engine/devices/types.ts';
import { LabError, toErrorRecord } from '../../src/core/errors.ts';
import { createPredict } from '../../src/core/evaluate/predict.ts';
import { evaluateSplit } from '../../src/core/evaluate/split.ts';
import type { CallContext, CurvePoint, RunOutcome, TrainEvent } from '../../src/core/protocol.ts';
import { createBatches } from '../../src/core/train/batches.ts';
import { allFinite, fingerprint, readLoopState } from '../../src/core/train/checkpoint.ts';
import type { Control } from '../../src/core/train/control.ts';
import { type LoopState, notFinite, runLoop, startLoop, type Validation } from '../../src/core/train/loop.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import { createSliceReader } from '../../src/core/train/slices.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import type { RunRecord, Store } from '../../src/storage/port.ts';
import type { OpenTrainer } from '../host/device.ts';
import { evaluateRun } from './evaluation.ts';
import { checkTrainable, readTables, type Tables } from './tables.ts';

export type TrainingParts = {
  store: Store;
  openTrainer(config: RunConfig): Promise<OpenTrainer>;
  control: Control;
  breathe: () => Promise<void>;
  context: CallContext<TrainEvent>;
};

/** Memory for reduced training slices, and for those of the validate split. */
const CACHE_BYTES = 512 * 1024 * 1024;
const VALIDATE_CACHE_BYTES = 128 * 1024 * 1024;
/** Points kept with a run; beyond it every other one goes. */
const MOST_POINTS = 2000;
/** How often a training goes on after its device was lost. */
const RECOVERIES = 5;

/** A training from its call to its end, over the devices it may lose. */
type Session = TrainingParts & {
  run: RunRecord;
  data: Tables;
  fingerprint: string;
  /** Whether the run goes on after an interruption: then its first point says nothing of how fast it began. */
  resumed: boolean;
  /** Whether the run's checkpoint is where the next life begins. */
  restoring: boolean;
};

/** Trains from the beginning or the last checkpoint, evaluates every split and stores the result. */
export async function trainRun(id: string, resume: boolean, parts: TrainingParts): Promise<RunOutcome> {
  const { store, context } = parts;
  const run = await store.run(id);
  if (!run) throw missing();
  try {
    context.emit({ kind: 'phase', phase: 'preparing', done: 0, total: 0 });
    await store.putRun(Object.assign(run, { status: 'running', error: null }));
    const data = await readTables(store, run.project);
    if (run.config.epochs > 0) checkTrainable(data);
    const mark = fingerprint(run.config, data.tables.train, data.indexes);
    return await survive({ ...parts, run, data, fingerprint: mark, resumed: resume, restoring: resume });
  } catch (error) {
    // An aborted training is like one whose tab was closed: it was interrupted and can go on.
    if (!context.signal.aborted) {
      const { message, outcome, next } = toErrorRecord(error);
      await store.putRun(
        Object.assign(run, { status: 'failed', error: { title: message, detail: outcome, next } }),
      );
    }
    throw error;
  }
}

/** Goes on from the last checkpoint when the device is lost. */
async function survive(session: Session): Promise<RunOutcome> {
  for (let recovery = 0; ; recovery++) {
    try {
      return await live(session);
    } catch (error) {
      const lost = error instanceof LabError && error.code === 'device-lost';
      if (!lost || recovery === RECOVERIES) throw error;
    }
  }
}

/** One life of the device, to the end of the evaluation. */
async function live(session: Session): Promise<RunOutcome> {
  const { run, store, context } = session;
  const opened = await session.openTrainer(run.config);
  try {
    const { trainer } = opened;
    const info = withParts(opened, run.config.batch);
    run.device = info;
    run.parameters = trainer.parameters;
    context.emit({ kind: 'device', device: info, parameters: trainer.parameters });
    const state = await begin(session, trainer);
    await store.putRun(run);
    const { outcome, imagesPerSecond } = await train(session, opened, state);
    run.imagesPerSecond = imagesPerSecond ?? run.imagesPerSecond;
    await evaluateRun(run, trainer, session.data, session);
    run.status = outcome;
    await store.putRun(run);
    return outcome;
  } finally {
    opened.dispose();
  }
}

/** Says so where a batch doesn't fit the device: its norms then see less than the whole of it. */
function withParts({ info, trainer: { largestPart } }: OpenTrainer, batch: number): DeviceInfo {
  if (batch <= largestPart) return info;
  const parts = `Batches of ${batch} are computed in parts of at most ${largestPart}, each normalised by its own statistics.`;
  return { ...info, reason: `${info.reason} ${parts}` };
}

/** Puts the trainer and the record where the last checkpoint stands. */
async function begin(
  { run, store, fingerprint: mark, restoring }: Session,
  trainer: Trainer,
): Promise<LoopState> {
  const checkpoint = restoring ? await store.latestCheckpoint(run.id) : null;
  const state = checkpoint && readLoopState(checkpoint.loop);
  if (!checkpoint || !state) {
    Object.assign(run, { history: [], points: [], evaluation: null });
    return startLoop();
  }
  // A training that is over, or a model that was loaded, is evaluated on the data as they are now.
  const over = state.epoch >= run.config.epochs;
  if (!over && checkpoint.fingerprint !== mark) throw changed();
  trainer.load(over ? { model: checkpoint.trainer.model } : checkpoint.trainer);
  run.history = state.history;
  run.points = run.points.filter(({ step }) => step <= state.step);
  return state;
}

function train(session: Session, { trainer, info }: OpenTrainer, state: LoopState) {
  const { run, data, store, control, context, breathe } = session;
  const { config } = run;
  const { train: table, validate, test } = data.tables;
  const nowMs = () => performance.now();
  const batches = createBatches(table, { ...config, cacheBytes: CACHE_BYTES }, store.shardPixels, {
    breathe,
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
      breathe,
      signal: context.signal,
      beside: info.name === 'webgpu',
      validate: validate.count > 0 ? validation(session, trainer) : null,
      validateImages: validate.count,
      imagesAfter: table.count + validate.count + test.count,
      checkpoint: (reached) => save(session, trainer, reached),
      events: {
        phase,
        point: (point) => {
          addPoint(session, point);
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

function validation({ run, data, store, breathe, context }: Session, trainer: Trainer) {
  const table = data.tables.validate;
  const reader = createSliceReader(table, run.config.size, store.shardPixels, breathe);
  const predict = createPredict(table, reader, VALIDATE_CACHE_BYTES);
  const origins = {
    datasetOf: table.dataset,
    datasets: table.datasets.map(() => ({ name: '', location: '' })),
  };
  return async (): Promise<Validation> => {
    const probabilities = await predict(trainer, { signal: context.signal });
    return evaluateSplit({ truth: table.label, probabilities }, origins)!;
  };
}

async function save(session: Session, trainer: Trainer, state: LoopState): Promise<void> {
  const { run, store, context } = session;
  const saved = await trainer.save();
  if (!allFinite(saved)) throw notFinite(state.step);
  const { epoch, step } = state;
  await store.putCheckpoint({
    run: run.id,
    epoch,
    step,
    trainer: saved,
    loop: state,
    fingerprint: session.fingerprint,
  });
  session.restoring = true;
  await store.putRun(run);
  context.emit({ kind: 'checkpoint', epoch, step });
}

/** The press of Train is when the record was made; both clocks are the machine's. */
function addPoint({ run, resumed }: Session, point: CurvePoint): void {
  if (!resumed) run.firstPointSeconds ??= (Date.now() - run.createdMs) / 1000;
  run.points.push(point);
  if (run.points.length > MOST_POINTS) run.points = run.points.filter((_, i) => i % 2 === 1);
}

function missing(): LabError {
  return new LabError(
    'run-missing',
    'This run is no longer stored.',
    'Nothing was changed.',
    'Start a new run.',
  );
}

function changed(): LabError {
  return new LabError(
    'data-changed',
    'The training data or settings are no longer those that this run began with.',
    'The run’s last checkpoint is kept.',
    'Start a new run on the data as it is now.',
  );
}
