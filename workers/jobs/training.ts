/** Trains a stored run: data, device, loop, checkpoints, evaluation. What a person sees of it is stored as it comes. */
import type { DeviceInfo } from '../../src/core/engine/devices/types.ts';
import { LabError } from '../../src/core/errors.ts';
import { createPredict } from '../../src/core/evaluate/predict.ts';
import { evaluateSplit } from '../../src/core/evaluate/split.ts';
import type { CallContext, CurvePoint, RunOutcome, TrainEvent } from '../../src/core/protocol.ts';
import { createBatches } from '../../src/core/train/batches.ts';
import { allFinite, fingerprint, readLoopState, weightsHash } from '../../src/core/train/checkpoint.ts';
import type { Control } from '../../src/core/train/control.ts';
import { addPoint, rewind } from '../../src/core/train/curve.ts';
import { type LoopState, notFinite, runLoop, startLoop, type Validation } from '../../src/core/train/loop.ts';
import { freezeDatasets } from '../../src/core/train/manifest.ts';
import { stepsPerEpoch } from '../../src/core/train/plan.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import { createSliceReader } from '../../src/core/train/slices.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import type { RunRecord, Store } from '../../src/storage/port.ts';
import type { OpenTrainer } from '../host/device.ts';
import { evaluateRun, type State } from './evaluation.ts';
import { ending, told } from './failure.ts';
import { checkTrainable, readTables, type Tables } from './tables.ts';
import { checkStillThere } from './watch.ts';

export type TrainingParts = {
  store: Store;
  openTrainer(config: RunConfig): Promise<OpenTrainer>;
  control: Control;
  breathe: () => Promise<void>;
  /** A clock that never goes back. */
  nowMs(): number;
  context: CallContext<TrainEvent>;
};

/** Memory for reduced training slices, and for those of the validate split. */
const CACHE_BYTES = 512 * 1024 * 1024;
const VALIDATE_CACHE_BYTES = 128 * 1024 * 1024;
/** How often a training goes on after its device was lost. */
const RECOVERIES = 5;

/** A training from its call to its end, over the devices it may lose. */
type Session = TrainingParts & {
  run: RunRecord;
  data: Tables;
  fingerprint: string;
  steps: number;
  /** Whether the run goes on after an interruption: then its first point says nothing of how fast it began. */
  resumed: boolean;
  /** Whether the run's checkpoint is where the next life begins. */
  restoring: boolean;
  /** The state that the last checkpoint holds. */
  state: State | null;
};

/** Trains from the beginning or the last checkpoint, evaluates every split and stores the result. */
export async function trainRun(id: string, resume: boolean, parts: TrainingParts): Promise<RunOutcome> {
  const { store, context } = parts;
  const run = await store.run(id);
  if (!run) throw missing();
  try {
    context.emit({ kind: 'phase', phase: 'preparing', done: 0, total: 0 });
    await store.putRun(Object.assign(run, { status: 'running', error: null }));
    const session = await prepare(run, resume, parts);
    if (run.config.epochs > 0) checkTrainable(session.data);
    return await survive(session);
  } catch (error) {
    // An aborted training is like one whose tab was closed: it was interrupted and can go on.
    if (context.signal.aborted) throw error;
    // A full disk may refuse this as well: the run then is one that nobody runs, which is as interrupted.
    await store.putRun(Object.assign(run, ending(run, error))).catch(() => undefined);
    throw told(run, error);
  }
}

/** Evaluates the stored model of a run that is over, on the data as they are now. */
export async function evaluateStored(id: string, parts: TrainingParts): Promise<void> {
  const { store, context } = parts;
  const run = await store.run(id);
  if (!run) throw missing();
  context.emit({ kind: 'phase', phase: 'preparing', done: 0, total: 0 });
  const session = await prepare(run, true, parts);
  const opened = await parts.openTrainer(run.config);
  try {
    const checkpoint = await store.latestCheckpoint(id);
    if (!checkpoint) throw noModel();
    const { model } = checkpoint.trainer;
    opened.trainer.load({ model });
    const { epoch, step } = checkpoint;
    await evaluateWhole(session, opened.trainer, { epoch, step, weights: weightsHash(model) });
    await store.putRun(run);
  } finally {
    opened.dispose();
  }
  await store.keepWeights(id);
}

async function prepare(run: RunRecord, resumed: boolean, parts: TrainingParts): Promise<Session> {
  const data = await readTables(parts.store, run.project);
  if (run.frozen && run.frozen.datasets.length === 0) {
    run.frozen = { ...run.frozen, datasets: freezeDatasets(data.datasets, data.stored) };
    // A drop that was interrupted before may go on after: it proposes no other split for what is learned from now.
    const open = data.datasets.filter(({ settled }) => !settled);
    if (open.length > 0) await parts.store.putDatasets(open.map((record) => ({ ...record, settled: true })));
  }
  return {
    ...parts,
    run,
    data,
    fingerprint: fingerprint(run.config, data.tables.train, data.indexes),
    steps: Math.max(1, stepsPerEpoch(data.tables.train.count, run.config)),
    resumed,
    restoring: resumed,
    state: null,
  };
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
    if (session.state) await evaluateWhole(session, trainer, session.state);
    run.status = outcome;
    await store.putRun(run);
    // Room is all that is lost if this fails: it is tried again when the project is next opened.
    await store.keepWeights(run.id).catch(() => undefined);
    return outcome;
  } finally {
    opened.dispose();
  }
}

/** Figures of data that were taken away meanwhile are not kept. */
async function evaluateWhole(session: Session, trainer: Trainer, state: State): Promise<void> {
  const { run, store, data } = session;
  if (session.control.modelOnly.aborted) return;
  await checkStillThere(store, run.project, data);
  const before = { evaluation: run.evaluation, evaluated: run.evaluated };
  try {
    await evaluateRun(run, trainer, state, session);
    await checkStillThere(store, run.project, data);
  } catch (error) {
    Object.assign(run, before);
    throw error;
  }
}

/** Says so where a batch doesn't fit the device: its norms then see less than the whole of it. */
function withParts({ info, trainer: { largestPart } }: OpenTrainer, batch: number): DeviceInfo {
  if (batch <= largestPart) return info;
  const parts = `Batches of ${batch} are computed in parts of at most ${largestPart}, each normalised by its own statistics.`;
  return { ...info, reason: `${info.reason} ${parts}` };
}

/** Puts the trainer and the record where the last checkpoint stands. */
async function begin(session: Session, trainer: Trainer): Promise<LoopState> {
  const { run, store, context, restoring } = session;
  const checkpoint = restoring ? await store.latestCheckpoint(run.id) : null;
  const state = checkpoint && readLoopState(checkpoint.loop);
  if (!checkpoint || !state) {
    Object.assign(run, { history: [], points: [], evaluation: null, evaluated: null, saved: null });
    return startLoop();
  }
  // A training that is over, or a model that was loaded, is evaluated on the data as they are now.
  const over = state.epoch >= run.config.epochs;
  if (!over && checkpoint.fingerprint !== session.fingerprint) throw changed();
  if (!over && state.step > 0 && checkpoint.trainer.momentum.size === 0) throw weightsAlone();
  trainer.load(over ? { model: checkpoint.trainer.model } : checkpoint.trainer);
  session.state = {
    epoch: state.epoch,
    step: state.step,
    weights: weightsHash(checkpoint.trainer.model),
  };
  run.history = state.history;
  rewind(run.points, state.step);
  run.saved = over && run.config.epochs === 0 ? null : placeOf(state, session.steps);
  context.emit({ kind: 'resumed', step: state.step });
  return state;
}

function train(session: Session, { trainer, info }: OpenTrainer, state: LoopState) {
  const { run, data, store, control, context, breathe, nowMs } = session;
  const { config } = run;
  const { train: table, validate, test } = data.tables;
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
      imagesAfter: control.modelOnly.aborted ? 0 : table.count + validate.count + test.count,
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

function validation({ run, data, store, breathe, context }: Session, trainer: Trainer) {
  const table = data.tables.validate;
  const reader = createSliceReader(table, run.config.size, store.shardPixels, breathe);
  const predict = createPredict(table, reader, VALIDATE_CACHE_BYTES);
  const origins = {
    datasetOf: table.dataset,
    datasets: table.datasets.map((id) => ({ id, name: '', location: '' })),
  };
  return async (stop: AbortSignal): Promise<Validation> => {
    const signal = AbortSignal.any([context.signal, stop]);
    const probabilities = await predict(trainer, { signal });
    return evaluateSplit({ truth: table.label, probabilities }, origins)!;
  };
}

/** A state that learned from data which were taken away meanwhile is not saved over one that did not. */
async function save(session: Session, trainer: Trainer, state: LoopState): Promise<void> {
  const { run, store, context } = session;
  const saved = await trainer.save();
  if (!allFinite(saved)) throw notFinite(state.step);
  await checkStillThere(store, run.project, session.data);
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
  session.state = { epoch, step, weights: weightsHash(saved.model) };
  run.saved = placeOf(state, session.steps);
  await store.putRun(run);
  context.emit({ kind: 'checkpoint', ...run.saved });
}

/** Epoch and step from 1, as a person counts them. After an epoch's last step: its end, validation included or not. */
function placeOf({ step, epoch }: LoopState, steps: number): { epoch: number; step: number; steps: number } {
  const whole = step > 0 && step === epoch * steps;
  return whole ? { epoch, step: steps, steps } : { epoch: epoch + 1, step: step - epoch * steps, steps };
}

/** The press of Train is when the record was made; both clocks are the machine's. */
function keepPoint({ run, resumed }: Session, point: CurvePoint): void {
  if (!resumed) run.firstPointSeconds ??= (Date.now() - run.createdMs) / 1000;
  addPoint(run.points, point);
}

function missing(): LabError {
  return new LabError(
    'run-missing',
    'This run is no longer stored.',
    'Nothing was changed.',
    'Start a new run.',
  );
}

function noModel(): LabError {
  return new LabError(
    'model-missing',
    'This run has no stored model.',
    'Nothing was evaluated.',
    'Train it again, or choose another run.',
  );
}

function weightsAlone(): LabError {
  return new LabError(
    'checkpoint-unusable',
    'Of this run only the weights are stored, which a training cannot go on from.',
    'Its weights and curves are kept.',
    'Start a new run.',
  );
}

function changed(): LabError {
  return new LabError(
    'data-changed',
    'The training data are no longer those that this run began with.',
    'The run’s last checkpoint is kept.',
    'Put the data back as they were and resume it, or start a new run on the data as they are now.',
  );
}
