/** The last part of a run: every split predicted in evaluation mode, and stored. */
import type { Fold } from '../../dataset/protocols/protocol.ts';
import type { Share } from '../../dataset/share.ts';
import { type Calibration, calibrate } from '../../evaluate/calibration.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { evaluationSteps } from '../../evaluate/split.ts';
import { steepnessOf } from '../../evaluate/unknown.ts';
import type { Split } from '../../types.ts';
import { type Answers, hasNone } from '../answers.ts';
import { classIds, labelSetOf } from '../labelSetOf.ts';
import { dataKey, type Evaluated, type Frozen, freezeDatasets } from '../manifest.ts';
import { createPredict, type PredictOptions } from '../predict.ts';
import type { PredictionRecord, RunRecord } from '../record.ts';
import { createSliceReader } from '../slices.ts';
import { factsOf, subjectsOf } from '../subjects.ts';
import { type SliceTable, shardOf } from '../table.ts';
import type { Trainer } from '../trainer.types.ts';
import { inTurns } from '../turns.ts';
import type { Session } from './prepare.ts';
import type { SavedState } from './save.ts';
import type { Tables } from './tables.ts';

/** The splits in the order of interest: train, the largest, last. */
const ORDER = ['test', 'validate', 'train'] as const satisfies readonly Split[];

const NO_FIGURES: Evaluation = { train: null, validate: null, test: null };

/** Those that a run evaluates unasked: test too, unless it is to stay closed and nobody has opened it yet. */
export function unasked({ config, evaluation }: Pick<RunRecord, 'config' | 'evaluation'>): readonly Split[] {
  return config.testOnDemand && !evaluation?.test ? ORDER.filter((split) => split !== 'test') : ORDER;
}

export type Figures = { evaluation: Evaluation; evaluated: Evaluated; calibration?: Calibration | null };

/** Of a split's slices, in the order of its table. */
export type PredictSplit = (table: SliceTable, options: PredictOptions) => Promise<Answers>;

/** The answers of a trainer's network. */
export function byTrainer(
  { journal, store, yieldToEventLoop }: Pick<Session, 'journal' | 'store' | 'yieldToEventLoop'>,
  trainer: Trainer,
): PredictSplit {
  const { config } = journal.run;
  return (table, options) => {
    const reader = createSliceReader(table, config.inputSize, store.shardPixels, yieldToEventLoop);
    return createPredict(table, reader, { cacheBytes: 0, none: hasNone(config) })(trainer, options);
  };
}

/**
 * Yields the figures of the splits so far. The user may stop before the last: earlier figures stay valid.
 * @param parts `strangers`: how strange pictures of no class are to what predicts; null if it cannot tell. `known`: figures
 * that stay; those of `splits` are made
 */
export async function* evaluateSplits(
  session: Pick<
    Session,
    'journal' | 'data' | 'store' | 'dateMs' | 'context' | 'control' | 'yieldToEventLoop'
  >,
  predict: PredictSplit,
  state: SavedState,
  parts: {
    strangers: (signal: AbortSignal) => Promise<Float32Array | null>;
    splits?: readonly Split[];
    known?: Evaluation;
  },
): AsyncGenerator<Figures> {
  const { journal, data, store, dateMs, context, control, yieldToEventLoop } = session;
  const { strangers, splits = ORDER, known = NO_FIGURES } = parts;
  const { id, frozen, config } = journal.run;
  const labels = classIds(labelSetOf(journal.run));
  const signal = AbortSignal.any([context.signal, control.modelOnly]);
  const order = ORDER.filter((split) => splits.includes(split));
  const total = order.reduce((sum, split) => sum + data.tables[split].count, 0);
  const progress = (done: number) => context.emit({ kind: 'phase', phase: 'evaluating', done, total });
  const evaluated = {
    ...state,
    atMs: dateMs(),
    datasets: otherData(frozen, data, labels, config.fold, config.share),
  };
  let evaluation = known;
  let done = 0;
  progress(done);
  for (const split of order) {
    const table = data.tables[split];
    const datasets = table.datasets.map((dataset) => data.datasets.find((record) => record.id === dataset)!);
    let answers: Answers;
    let unseen: Float32Array | null = null;
    try {
      answers = await predict(table, {
        signal,
        progress: (predicted) => progress(done + predicted),
      });
      if (split === 'validate') unseen = await strangers(signal);
    } catch (error) {
      if (context.signal.aborted || !control.modelOnly.aborted) throw error;
      return;
    }
    done += table.count;
    const { probabilities, strangeness } = answers;
    const record = predictionRecord(id, split, table, probabilities);
    // A table has only slices of which the columns know the series.
    const subjects = subjectsOf(factsOf(record, data.indexes)!);
    const index = { datasetOf: table.dataset, datasets };
    const steps = evaluationSteps({ truth: table.label, probabilities }, labels, index, subjects);
    evaluation = { ...evaluation, [split]: await inTurns(steps, yieldToEventLoop, context.signal) };
    await store.putPredictions(record);
    const figures = { evaluation, evaluated: { ...evaluated, complete: split === order.at(-1) } };
    if (split !== 'validate') yield figures;
    else {
      const predictions = { classes: labels.length, truth: table.label, probabilities, strangeness };
      const calibration = calibrate(predictions, subjects.series, table.dataset);
      yield { ...figures, calibration: withSteepness(calibration, unseen) ?? keptCalibration(journal.run) };
    }
  }
}

/** How fast pictures get unlikely to be of a class, from those that the network should call unknown. */
function withSteepness(calibration: Calibration | null, unseen: Float32Array | null): Calibration | null {
  if (!calibration?.unknown || !unseen) return calibration;
  const steepness = steepnessOf(calibration.unknown.series, unseen);
  if (steepness === null) return calibration;
  return { ...calibration, unknown: { ...calibration.unknown, steepness } };
}

/** Whether a run's figures are of these weights and of the data as they are now. */
export function isOfSameState(
  { journal, data }: Pick<Session, 'journal' | 'data'>,
  { weights }: SavedState,
): boolean {
  const { frozen, evaluated, config } = journal.run;
  if (!evaluated?.complete || evaluated.weights !== weights) return false;
  const then = evaluated.datasets ?? frozen?.datasets;
  const labels = classIds(labelSetOf(journal.run));
  const now = freezeDatasets(data.datasets, data.stored, labels, config.fold, config.share);
  return then !== undefined && dataKey(then) === dataKey(now);
}

/** The evaluated data, if they differ from the run's frozen data. */
function otherData(
  frozen: Frozen | null,
  { datasets, stored }: Tables,
  labels: readonly string[],
  fold: Fold | undefined,
  share: Share | undefined,
): Evaluated['datasets'] {
  const now = freezeDatasets(datasets, stored, labels, fold, share);
  return frozen && dataKey(frozen.datasets) === dataKey(now) ? null : now;
}

/** What a model that was loaded from a file says of itself, where this project has too little to say more. */
function keptCalibration({ config, calibration }: RunRecord): Calibration | null {
  return config.epochs === 0 ? (calibration ?? null) : null;
}

function predictionRecord(
  run: string,
  split: Split,
  table: SliceTable,
  probabilities: Float32Array,
): PredictionRecord {
  return {
    run,
    split,
    shard: shardOf(table),
    row: Uint32Array.from(table.row),
    truth: table.label,
    datasets: table.datasets,
    datasetOf: table.dataset,
    probabilities,
  };
}
