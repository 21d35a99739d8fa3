/** The last part of a run: every split predicted in evaluation mode, and stored. */

import type { DatasetScore } from '../../src/core/evaluate/evaluation.ts';
import { createPredict } from '../../src/core/evaluate/predict.ts';
import { evaluateSplit } from '../../src/core/evaluate/split.ts';
import type { CallContext } from '../../src/core/rpc.ts';
import type { Control } from '../../src/core/train/control.ts';
import type { TrainEvent } from '../../src/core/train/events.ts';
import { dataKey, freezeDatasets } from '../../src/core/train/manifest.ts';
import { createSliceReader } from '../../src/core/train/slices.ts';
import type { SliceTable } from '../../src/core/train/table.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import { MODALITIES, type Split } from '../../src/core/types.ts';
import type { Evaluated, PredictionRecord, RunRecord, Store } from '../../src/storage/port.ts';
import type { Tables } from './tables.ts';

/** What a person waits for first comes first: the largest split, train, last. */
const ORDER = ['test', 'validate', 'train'] as const satisfies readonly Split[];

/** Which weights the trainer holds. */
export type State = Pick<Evaluated, 'epoch' | 'step' | 'weights'>;

type Parts = {
  data: Tables;
  store: Store;
  control: Control;
  yieldToEventLoop: () => Promise<void>;
  context: CallContext<TrainEvent>;
};

/** The user may end it before its last split: those that are done are kept. */
export async function evaluateRun(
  run: RunRecord,
  trainer: Trainer,
  state: State,
  parts: Parts,
): Promise<void> {
  const { data, store, yieldToEventLoop, context, control } = parts;
  const signal = AbortSignal.any([context.signal, control.modelOnly]);
  const total = ORDER.reduce((sum, split) => sum + data.tables[split].count, 0);
  const progress = (done: number) => context.emit({ kind: 'phase', phase: 'evaluating', done, total });
  const evaluation: RunRecord['evaluation'] = { train: null, validate: null, test: null };
  const evaluated: Evaluated = {
    ...state,
    atMs: Date.now(),
    complete: false,
    datasets: otherData(run, data),
  };
  let done = 0;
  progress(done);
  for (const split of ORDER) {
    const table = data.tables[split];
    const datasets = table.datasets.map((id) => data.datasets.find((record) => record.id === id)!);
    const reader = createSliceReader(table, run.config.inputSize, store.shardPixels, yieldToEventLoop);
    const predict = createPredict(table, reader, 0);
    let probabilities: Float32Array;
    try {
      probabilities = await predict(trainer, {
        signal,
        progress: (predicted) => progress(done + predicted),
      });
    } catch (error) {
      if (context.signal.aborted || !control.modelOnly.aborted) throw error;
      return;
    }
    done += table.count;
    const of = evaluateSplit({ truth: table.label, probabilities }, { datasetOf: table.dataset, datasets });
    evaluation[split] = of && { ...of, perDataset: withSubjects(of.perDataset, table, data) };
    await store.putPredictions(predictionRecord(run.id, split, table, probabilities));
    if (split === ORDER.at(-1)) evaluated.complete = true;
    await store.putRun(Object.assign(run, { evaluation: { ...evaluation }, evaluated: { ...evaluated } }));
  }
}

/** The data evaluated on, where they are not those that the run froze. */
function otherData({ frozen }: RunRecord, { datasets, stored }: Tables): Evaluated['datasets'] {
  const now = freezeDatasets(datasets, stored);
  return frozen && dataKey(frozen.datasets) === dataKey(now) ? null : now;
}

/** Series and patients of each row: how many independent subjects its figure rests on. */
function withSubjects(
  scores: readonly DatasetScore[],
  table: SliceTable,
  { indexes }: Tables,
): DatasetScore[] {
  const byShard = new Map(indexes.map((index) => [index.shard, index]));
  const found = new Map<string, { series: Set<string>; patients: Set<string> }>();
  table.shards.forEach((shard, i) => {
    const index = byShard.get(shard)!;
    for (let at = table.start[i]; at < table.start[i + 1]; at++) {
      const key = `${MODALITIES[table.label[at]]} ${table.datasets[table.dataset[at]]}`;
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
