/** One run from its stored record to its results: data, device, loop, checkpoints, evaluation. The rest is behind its port. */
import type { DeviceInfo } from '../engine/devices/types.ts';
import { LabError } from '../errors.ts';
import { SPLITS, type Split } from '../types.ts';
import { outputsOf } from './answers.ts';
import { weightsHash } from './checkpoint.ts';
import { createContentSums } from './contents.ts';
import type { RunOutcome } from './events.ts';
import { labelSetOf } from './labelSetOf.ts';
import { byTrainer, evaluateSplits, isOfSameState, unasked } from './session/evaluate.ts';
import { ending, noModel, noRun, reported } from './session/failure.ts';
import { checkIntact } from './session/intact.ts';
import { createJournal } from './session/journal.ts';
import { learn } from './session/learn.ts';
import type { OpenTrainer, SessionPort } from './session/port.ts';
import { prepare, type Session } from './session/prepare.ts';
import { begin, restore, type SavedState } from './session/save.ts';
import { strangersOf } from './session/strangers.ts';
import { checkTrainable } from './session/tables.ts';
import type { Trainer } from './trainer.types.ts';

/** How often a training continues after losing its device. */
const RECOVERIES = 5;

/** Trains from the beginning or the last checkpoint, evaluates every split and stores the result. */
export async function trainRun(id: string, resume: boolean, port: SessionPort): Promise<RunOutcome> {
  const { store, context } = port;
  const record = await store.run(id);
  if (!record) throw noRun();
  const journal = createJournal(record, store);
  try {
    context.emit({ kind: 'phase', phase: 'preparing', done: 0, total: 0 });
    await journal.store({ status: 'running', error: null });
    const session = await prepare(journal, resume, port);
    if (record.config.epochs > 0) checkTrainable(session.data);
    return await trainWithRecovery(session);
  } catch (error) {
    // An aborted training is like one whose tab was closed: interrupted and resumable.
    if (context.signal.aborted) throw error;
    // A full disk may reject this too: a run that no tab trains counts as interrupted.
    await journal.store(ending(journal.run, error)).catch(() => undefined);
    throw reported(journal.run, error);
  }
}

/**
 * Evaluates the stored model of a finished run on the current data.
 * @param openTest also test that was to stay closed: it alone, if the figures of the others are of this model and these data
 */
export async function evaluateStored(id: string, port: SessionPort, openTest = false): Promise<void> {
  const { store, context } = port;
  const record = await store.run(id);
  if (!record) throw noRun();
  const journal = createJournal(record, store);
  context.emit({ kind: 'phase', phase: 'preparing', done: 0, total: 0 });
  const session = await prepare(journal, true, port);
  const opened = await port.openTrainer(
    record.config,
    outputsOf(record.config, labelSetOf(record).classes.length),
  );
  try {
    const checkpoint = await store.latestCheckpoint(id);
    if (!checkpoint) throw noModel();
    const { epoch, step } = checkpoint;
    const { model } = checkpoint.trainer;
    opened.trainer.load({ model });
    const state = { epoch, step, weights: weightsHash(model) };
    const others = openTest && isOfSameState(session, state);
    const splits = others ? (['test'] as const) : openTest ? SPLITS : unasked(journal.run);
    await evaluateWhole(session, opened.trainer, state, splits);
    await journal.store();
  } finally {
    opened.dispose();
  }
  await store.keepWeights(id);
}

/** Continues from the last checkpoint when the device is lost. */
async function trainWithRecovery(session: Session): Promise<RunOutcome> {
  let restoring = session.resumed;
  for (let recovery = 0; ; recovery++) {
    try {
      return await trainOnDevice(session, restoring);
    } catch (error) {
      const lost = error instanceof LabError && error.code === 'device-lost';
      if (!lost || recovery === RECOVERIES) throw error;
      restoring ||= session.journal.run.saved !== null;
    }
  }
}

/** One attempt on a device, to the end of the evaluation. */
async function trainOnDevice(session: Session, restoring: boolean): Promise<RunOutcome> {
  const { journal, store, context } = session;
  const { id, config } = journal.run;
  const opened = await session.openTrainer(config, outputsOf(config, labelSetOf(journal.run).classes.length));
  try {
    const { trainer } = opened;
    const { parameters } = trainer;
    const device = withParts(opened, config.batch);
    journal.change({ device, parameters });
    context.emit({ kind: 'device', device, parameters });
    const restored = restoring ? await restore(session, trainer) : null;
    const start = restored ?? (await begin(session, trainer));
    journal.change(start.record);
    if (restored) context.emit({ kind: 'resumed', step: start.loop.step });
    await journal.store();
    const { outcome, imagesPerSecond, saved } = await learn(session, opened, start);
    journal.change({ imagesPerSecond: imagesPerSecond ?? journal.run.imagesPerSecond });
    if (saved) await evaluateWhole(session, trainer, saved, unasked(journal.run));
    await journal.store({ status: outcome });
    // A failure only costs disk space: it is tried again when the project is next opened.
    await store.keepWeights(id).catch(() => undefined);
    return outcome;
  } finally {
    opened.dispose();
  }
}

/** Figures of data removed meanwhile are not stored. */
async function evaluateWhole(
  session: Session,
  trainer: Trainer,
  state: SavedState,
  splits: readonly Split[],
): Promise<void> {
  const { journal, store, data, control } = session;
  if (control.modelOnly.aborted) return;
  const { project, evaluation, evaluated } = journal.run;
  await checkIntact(store, project, data);
  // Every slice is read once for its answer.
  const sums = createContentSums();
  const read = sums.reading(store.shardPixels);
  const predict = byTrainer({ ...session, store: { ...store, shardPixels: read } }, trainer);
  const known = splits.length === 1 ? evaluation : null;
  try {
    const strangers = (signal: AbortSignal) => strangersOf(session, trainer, signal);
    const parts = { strangers, splits, ...(known && { known }) };
    for await (const figures of evaluateSplits(session, predict, state, parts)) await journal.store(figures);
    await checkIntact(store, project, data);
    const { evaluated: made } = journal.run;
    if (!made?.complete || made === evaluated) return;
    // Of splits without figures, the pixels are read for their checksums alone.
    for (const split of SPLITS.filter((one) => !splits.includes(one)))
      for (const shard of data.tables[split].shards) await read(shard);
    journal.change({ evaluated: { ...made, contents: sums.contents(data.tables) } });
  } catch (error) {
    journal.change({ evaluation, evaluated });
    throw error;
  }
}

/** A note if a batch doesn't fit the device: its norms then use only parts of it. */
function withParts({ info, trainer: { microBatch } }: OpenTrainer, batch: number): DeviceInfo {
  if (batch <= microBatch) return info;
  const parts = `Batches of ${batch} are computed in parts of at most ${microBatch}, each normalised by its own statistics.`;
  return { ...info, reason: `${info.reason} ${parts}` };
}
