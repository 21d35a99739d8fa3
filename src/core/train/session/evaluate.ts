/** The last part of a run: every split predicted in evaluation mode, and stored. */
import { type Calibration, calibrate } from '../../evaluate/calibration.ts';
import type { DatasetScore, Evaluation } from '../../evaluate/evaluation.ts';
import { evaluateSplit } from '../../evaluate/split.ts';
import type { Split } from '../../types.ts';
import { type Answers, hasNone } from '../answers.ts';
import { classIds, labelSetOf } from '../labelSetOf.ts';
import { dataKey, type Evaluated, type Frozen, freezeDatasets } from '../manifest.ts';
import { createPredict, type PredictOptions } from '../predict.ts';
import type { PredictionRecord, RunRecord } from '../record.ts';
import { createSliceReader } from '../slices.ts';
import type { SliceTable } from '../table.ts';
import type { Trainer } from '../trainer.types.ts';
import type { Session } from './prepare.ts';
import type { SavedState } from './save.ts';
import type { Tables } from './tables.ts';

/** The splits in the order of interest: train, the largest, last. */
const ORDER = ['test', 'validate', 'train'] as const satisfies readonly Split[];

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

/** Yields the figures of the splits so far. The user may stop before the last: earlier figures stay valid. */
export async function* evaluateSplits(
  session: Pick<Session, 'journal' | 'data' | 'store' | 'dateMs' | 'context' | 'control'>,
  predict: PredictSplit,
  state: SavedState,
): AsyncGenerator<Figures> {
  const { journal, data, store, dateMs, context, control } = session;
  const { id, frozen } = journal.run;
  const labels = classIds(labelSetOf(journal.run));
  const signal = AbortSignal.any([context.signal, control.modelOnly]);
  const total = ORDER.reduce((sum, split) => sum + data.tables[split].count, 0);
  const progress = (done: number) => context.emit({ kind: 'phase', phase: 'evaluating', done, total });
  const evaluated = { ...state, atMs: dateMs(), datasets: otherData(frozen, data, labels) };
  let evaluation: Evaluation = { train: null, validate: null, test: null };
  let done = 0;
  progress(done);
  for (const split of ORDER) {
    const table = data.tables[split];
    const datasets = table.datasets.map((dataset) => data.datasets.find((record) => record.id === dataset)!);
    let answers: Answers;
    try {
      answers = await predict(table, {
        signal,
        progress: (predicted) => progress(done + predicted),
      });
    } catch (error) {
      if (context.signal.aborted || !control.modelOnly.aborted) throw error;
      return;
    }
    done += table.count;
    const { probabilities, strangeness } = answers;
    const of = evaluateSplit({ truth: table.label, probabilities }, labels, {
      datasetOf: table.dataset,
      datasets,
    });
    evaluation = {
      ...evaluation,
      [split]: of && { ...of, perDataset: withSubjects(of.perDataset, table, data, labels) },
    };
    await store.putPredictions(predictionRecord(id, split, table, probabilities));
    const figures = { evaluation, evaluated: { ...evaluated, complete: split === ORDER.at(-1) } };
    if (split !== 'validate') yield figures;
    else {
      const predictions = { classes: labels.length, truth: table.label, probabilities, strangeness };
      const calibration = calibrate(predictions, seriesOf(table, data), table.dataset);
      yield { ...figures, calibration: calibration ?? keptCalibration(journal.run) };
    }
  }
}

/** The evaluated data, if they differ from the run's frozen data. */
function otherData(
  frozen: Frozen | null,
  { datasets, stored }: Tables,
  labels: readonly string[],
): Evaluated['datasets'] {
  const now = freezeDatasets(datasets, stored, labels);
  return frozen && dataKey(frozen.datasets) === dataKey(now) ? null : now;
}

/** What a model that was loaded from a file says of itself, where this project has too little to say more. */
function keptCalibration({ config, calibration }: RunRecord): Calibration | null {
  return config.epochs === 0 ? (calibration ?? null) : null;
}

/** By slice of a table: a number of its series. */
function seriesOf(table: SliceTable, { indexes }: Tables): Uint32Array {
  const byShard = new Map(indexes.map((index) => [index.shard, index]));
  const numbers = new Map<string, number>();
  const found = new Uint32Array(table.count);
  table.shards.forEach((shard, i) => {
    const { series, seriesOf: of } = byShard.get(shard)!;
    for (let at = table.start[i]; at < table.start[i + 1]; at++) {
      const name = series[of[table.row[at]]].series;
      if (!numbers.has(name)) numbers.set(name, numbers.size);
      found[at] = numbers.get(name)!;
    }
  });
  return found;
}

/** Series and patients of each row: the number of independent subjects behind its figure. */
function withSubjects(
  scores: readonly DatasetScore[],
  table: SliceTable,
  { indexes }: Tables,
  labels: readonly string[],
): DatasetScore[] {
  const byShard = new Map(indexes.map((index) => [index.shard, index]));
  const found = new Map<string, { series: Set<string>; patients: Set<string> }>();
  table.shards.forEach((shard, i) => {
    const index = byShard.get(shard)!;
    for (let at = table.start[i]; at < table.start[i + 1]; at++) {
      const key = `${labels[table.label[at]]} ${table.datasets[table.dataset[at]]}`;
      const row = found.get(key) ?? { series: new Set(), patients: new Set() };
      found.set(key, row);
      const facts = index.series[index.seriesOf[table.row[at]]];
      row.series.add(facts.series);
      row.patients.add(facts.patient);
    }
  });
  return scores.map((score) => {
    const row = found.get(`${score.modality} ${score.id}`);
    return row ? { ...score, series: row.series.size, patients: row.patients.size } : score;
  });
}

function predictionRecord(
  run: string,
  split: Split,
  table: SliceTable,
  probabilities: Float32Array,
): PredictionRecord {
  const shard = new Uint32Array(table.count);
  table.shards.forEach((number, i) => {
    shard.fill(number, table.start[i], table.start[i + 1]);
  });
  return {
    run,
    split,
    shard,
    row: Uint32Array.from(table.row),
    truth: table.label,
    datasets: table.datasets,
    datasetOf: table.dataset,
    probabilities,
  };
}
