/** Where a training is saved: its last checkpoint, gone on from and written anew. */
import { LabError } from '../../src/core/errors.ts';
import { allFinite, readLoopState, weightsHash } from '../../src/core/train/checkpoint.ts';
import { rewind } from '../../src/core/train/curve.ts';
import { type LoopState, startLoop } from '../../src/core/train/loop.ts';
import { notFinite } from '../../src/core/train/notFinite.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import type { Session } from './session.ts';
import { checkStillThere } from './watch.ts';

/** Puts the trainer and the record where the last checkpoint stands. */
export async function begin(session: Session, trainer: Trainer): Promise<LoopState> {
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

/** A state that learned from data which were taken away meanwhile is not saved over one that did not. */
export async function save(session: Session, trainer: Trainer, state: LoopState): Promise<void> {
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
