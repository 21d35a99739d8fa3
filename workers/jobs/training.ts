/** Trains a stored run: data, device, loop, checkpoints, evaluation. What a person sees of it is stored as it comes. */
import type { DeviceInfo } from '../../src/core/engine/devices/types.ts';
import { LabError } from '../../src/core/errors.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';
import type { RunOutcome } from '../../src/core/train/events.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import type { OpenTrainer } from '../host/device.ts';
import { evaluateRun, type State } from './evaluation.ts';
import { ending, noModel, noRun, told } from './failure.ts';
import { learn } from './learning.ts';
import { begin } from './saved.ts';
import { prepare, type Session, type TrainingParts } from './session.ts';
import { checkTrainable } from './tables.ts';
import { checkStillThere } from './watch.ts';

/** How often a training goes on after its device was lost. */
const RECOVERIES = 5;

/** Trains from the beginning or the last checkpoint, evaluates every split and stores the result. */
export async function trainRun(id: string, resume: boolean, parts: TrainingParts): Promise<RunOutcome> {
  const { store, context } = parts;
  const run = await store.run(id);
  if (!run) throw noRun();
  try {
    context.emit({ kind: 'phase', phase: 'preparing', done: 0, total: 0 });
    await store.putRun(Object.assign(run, { status: 'running', error: null }));
    const session = await prepare(run, resume, parts);
    if (run.config.epochs > 0) checkTrainable(session.data);
    return await trainWithRecovery(session);
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
  if (!run) throw noRun();
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

/** Goes on from the last checkpoint when the device is lost. */
async function trainWithRecovery(session: Session): Promise<RunOutcome> {
  for (let recovery = 0; ; recovery++) {
    try {
      return await trainOnDevice(session);
    } catch (error) {
      const lost = error instanceof LabError && error.code === 'device-lost';
      if (!lost || recovery === RECOVERIES) throw error;
    }
  }
}

/** One life of the device, to the end of the evaluation. */
async function trainOnDevice(session: Session): Promise<RunOutcome> {
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
    const { outcome, imagesPerSecond } = await learn(session, opened, state);
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
function withParts({ info, trainer: { microBatch } }: OpenTrainer, batch: number): DeviceInfo {
  if (batch <= microBatch) return info;
  const parts = `Batches of ${batch} are computed in parts of at most ${microBatch}, each normalised by its own statistics.`;
  return { ...info, reason: `${info.reason} ${parts}` };
}
