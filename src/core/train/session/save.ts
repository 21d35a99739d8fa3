/** Saves and restores a training by its last checkpoint. */
import { LabError } from '../../errors.ts';
import { allFinite, readLoopState, weightsHash } from '../checkpoint.ts';
import { isDone } from '../choice.ts';
import { rewind } from '../curve.ts';
import { type LoopState, startLoop } from '../loop.ts';
import type { Evaluated } from '../manifest.ts';
import { notFinite } from '../notFinite.ts';
import type { CheckpointRecord, RunRecord } from '../record.ts';
import type { Trainer } from '../trainer.types.ts';
import { checkIntact } from './intact.ts';
import type { Session } from './prepare.ts';

/** Identifies the weights of a checkpoint. */
export type SavedState = Pick<Evaluated, 'epoch' | 'step' | 'weights'>;

export type Start = {
  loop: LoopState;
  /** null if nothing is saved. */
  saved: SavedState | null;
  /** The record's fields at that point. */
  record: Pick<RunRecord, 'history' | 'points' | 'saved'> & Partial<RunRecord>;
};

/** The start of a run without a checkpoint. */
export function startAnew(): Start {
  return {
    loop: startLoop(),
    saved: null,
    record: { history: [], points: [], evaluation: null, evaluated: null, saved: null },
  };
}

/** Loads the weights that the run begins with; what they lack, as a new last layer, stays as the trainer drew it. */
export async function begin({ journal, store }: Session, trainer: Trainer): Promise<Start> {
  const { id, config } = journal.run;
  if (config.start) {
    const checkpoint = await store.latestCheckpoint(id);
    if (!checkpoint || !isStart(journal.run, checkpoint)) throw noStart();
    const { model } = await trainer.save();
    trainer.load({ model: new Map([...model, ...checkpoint.trainer.model]) });
  }
  return startAnew();
}

/** Whether a checkpoint is what a run begins with: its steps have another fingerprint. */
function isStart({ config }: Pick<RunRecord, 'config'>, { step, fingerprint }: CheckpointRecord): boolean {
  return config.start !== undefined && step === 0 && fingerprint === '';
}

/** Loads the last checkpoint into the trainer; null if there is no readable one. */
export async function restore(session: Session, trainer: Trainer): Promise<Start | null> {
  const { journal, store, stepsPerEpoch } = session;
  const { id, config, points } = journal.run;
  const checkpoint = await store.latestCheckpoint(id);
  const loop = checkpoint && readLoopState(checkpoint.loop);
  if (!checkpoint || !loop || isStart(journal.run, checkpoint)) return null;
  const { model, momentum } = checkpoint.trainer;
  // A finished training or a loaded model is evaluated on the current data.
  const over = isDone(config, loop.history, loop.epoch);
  if (!over && checkpoint.fingerprint !== session.fingerprint) throw changed();
  if (!over && loop.step > 0 && momentum.size === 0) throw weightsAlone();
  trainer.load(over ? { model } : checkpoint.trainer);
  return {
    loop,
    // Of a run that is over, the weights may be those of an earlier epoch.
    saved: { epoch: checkpoint.epoch, step: checkpoint.step, weights: weightsHash(model) },
    record: {
      history: loop.history,
      points: rewind(points, loop.step),
      saved: over && config.epochs === 0 ? null : placeOf(loop, stepsPerEpoch),
    },
  };
}

/** Do not overwrite the checkpoint by a state that learned from data removed meanwhile. */
export async function save(session: Session, trainer: Trainer, loop: LoopState): Promise<SavedState> {
  const { journal, store, context } = session;
  const { id, project } = journal.run;
  const state = await trainer.save();
  if (!allFinite(state)) throw notFinite(loop.step);
  await checkIntact(store, project, session.data);
  const { epoch, step } = loop;
  await store.putCheckpoint({
    run: id,
    epoch,
    step,
    trainer: state,
    loop,
    fingerprint: session.fingerprint,
  });
  const place = placeOf(loop, session.stepsPerEpoch);
  await journal.store({ saved: place });
  context.emit({ kind: 'checkpoint', ...place });
  return { epoch, step, weights: weightsHash(state.model) };
}

/** Epoch and step, counted from 1. After an epoch's last step: its end, validation included or not. */
function placeOf({ step, epoch }: LoopState, steps: number): { epoch: number; step: number; steps: number } {
  const whole = step > 0 && step === epoch * steps;
  return whole ? { epoch, step: steps, steps } : { epoch: epoch + 1, step: step - epoch * steps, steps };
}

function noStart(): LabError {
  return new LabError(
    'start-missing',
    'The weights that this run was to begin with are no longer stored.',
    'Nothing was trained.',
    'Start a new run.',
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
