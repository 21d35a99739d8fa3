/** Makes baselines of a project's stored slices, one after the other: fitted, judged as a network is, and stored as a run. */
import { LabError } from '../errors.ts';
import type { CallContext } from '../rpc.ts';
import { labelSetOf } from '../train/labelSetOf.ts';
import type { PredictionRecord, RunRecord } from '../train/record.ts';
import { evaluateSplits } from '../train/session/evaluate.ts';
import { checkIntact } from '../train/session/intact.ts';
import { createJournal } from '../train/session/journal.ts';
import type { SessionPort, SessionStore } from '../train/session/port.ts';
import { prepare } from '../train/session/prepare.ts';
import { checkTrainable } from '../train/session/tables.ts';
import type { Baseline } from './baseline.ts';
import type { BaselineOrder, BaselineProgress } from './contract.ts';
import { createFeatureReader } from './featureReader.ts';
import { BASELINES } from './index.ts';
import { fitBaseline } from './predict.ts';

export type BaselineStore = SessionStore & {
  /** A whole run with its predictions, in place of other runs: one transaction. */
  putJudged(
    run: RunRecord,
    predictions: readonly PredictionRecord[],
    replaces: readonly string[],
  ): Promise<void>;
};

export type BaselinePort = Omit<SessionPort, 'store' | 'context'> & {
  store: BaselineStore;
  context: CallContext<BaselineProgress>;
};

/** What was stored before it is cancelled stays. */
export async function makeBaselines(orders: readonly BaselineOrder[], port: BaselinePort): Promise<void> {
  const { store, context, yieldToEventLoop } = port;
  const reader = createFeatureReader(store.shardPixels, yieldToEventLoop);
  for (const [at, { run, replaces }] of orders.entries()) {
    const baseline = baselineNamed(run.config.network);
    const progress = (done: number, each: number) =>
      context.emit({ key: baseline.meta.key, done: at * each + done, total: orders.length * each });
    progress(0, 1);
    const judged = await makeOne(baseline, run, { ...port, reader, progress });
    context.signal.throwIfAborted();
    await store.putJudged(judged.run, judged.predictions, replaces);
  }
}

type OneParts = BaselinePort & {
  reader: ReturnType<typeof createFeatureReader>;
  progress(done: number, each: number): void;
};

async function makeOne(baseline: Baseline, record: RunRecord, { progress, reader, ...port }: OneParts) {
  const predictions: PredictionRecord[] = [];
  const { signal } = port.context;
  const inner: SessionPort = {
    ...port,
    // Nothing is stored before the whole run is.
    store: { ...port.store, putPredictions: async (one) => void predictions.push(one) },
    context: {
      signal,
      emit: (event) => {
        if (event.kind === 'phase') progress(event.done, Math.max(1, event.total));
      },
    },
  };
  const journal = createJournal(record, port.store);
  const session = await prepare(journal, false, inner);
  const { data, yieldToEventLoop } = session;
  checkTrainable(data);
  const classes = labelSetOf(record).classes.length;
  const predict = await fitBaseline(baseline, { data, classes, reader, signal, yieldToEventLoop });
  const state = { epoch: 0, step: 0, weights: '' };
  for await (const figures of evaluateSplits(session, predict, state, { strangers: async () => null }))
    journal.change(figures);
  await checkIntact(port.store, record.project, data);
  journal.change({ status: 'finished' });
  return { run: journal.run, predictions };
}

function baselineNamed(key: string): Baseline {
  const found = BASELINES.find(({ meta }) => meta.key === key);
  if (found) return found;
  throw new LabError(
    'baseline-unknown',
    'This version of the app has no baseline of that name.',
    'Nothing was changed.',
    'Choose one of the listed baselines.',
  );
}
