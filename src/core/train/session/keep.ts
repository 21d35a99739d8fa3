/**
 * The weights of the best epoch: set aside while later epochs are trained, and the run's model at its end. Then those of the last
 * epoch are what is set aside.
 */
import { weightsHash } from '../checkpoint.ts';
import { bestEpoch } from '../choice.ts';
import type { LoopState } from '../loop.ts';
import type { Trainer } from '../trainer.types.ts';
import type { Session } from './prepare.ts';
import type { SavedState } from './save.ts';

const NO_MOMENTUM = () => new Map();

export async function keepEpoch(
  session: Session,
  trainer: Trainer,
  { epoch, step }: LoopState,
): Promise<void> {
  const { journal, store, fingerprint } = session;
  const { model } = await trainer.save();
  const weights = { model, momentum: NO_MOMENTUM() };
  await store.putAside({ run: journal.run.id, epoch, step, trainer: weights, loop: null, fingerprint });
}

/**
 * Makes the best epoch's weights the run's, in the trainer and in its checkpoint. Where these are not stored, or damaged, the
 * last epoch's stay.
 */
export async function chooseEpoch(
  session: Session,
  trainer: Trainer,
  loop: LoopState,
  saved: SavedState | null,
): Promise<SavedState | null> {
  const { journal, store, fingerprint } = session;
  const run = journal.run.id;
  const best = bestEpoch(loop.history);
  // The last is the best, or it was chosen before the page was closed.
  if (!best || best.epoch === loop.epoch || saved?.epoch === best.epoch) return saved;
  const kept = await store.aside(run);
  if (kept?.epoch !== best.epoch) return saved;
  const { epoch, step } = kept;
  const { model } = kept.trainer;
  const last = await trainer.save();
  trainer.load({ model });
  await store.putCheckpoint({ run, epoch, step, trainer: kept.trainer, loop, fingerprint });
  const weights = { model: last.model, momentum: NO_MOMENTUM() };
  await store.putAside({
    run,
    epoch: loop.epoch,
    step: loop.step,
    trainer: weights,
    loop: null,
    fingerprint,
  });
  return { epoch, step, weights: weightsHash(model) };
}
