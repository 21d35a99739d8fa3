/** The last part of a run: every split predicted in evaluation mode, and stored. */
import { createPredict } from '../../src/core/evaluate/predict.ts';
import { evaluateSplit } from '../../src/core/evaluate/split.ts';
import type { CallContext, TrainEvent } from '../../src/core/protocol.ts';
import { createSliceReader } from '../../src/core/train/slices.ts';
import type { SliceTable } from '../../src/core/train/table.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import type { Split } from '../../src/core/types.ts';
import type { PredictionRecord, RunRecord, Store } from '../../src/storage/port.ts';
import type { Tables } from './tables.ts';

/** What a person waits for first comes first: the largest split, train, last. */
const ORDER = ['test', 'validate', 'train'] as const satisfies readonly Split[];

export async function evaluateRun(
  run: RunRecord,
  trainer: Trainer,
  data: Tables,
  parts: { store: Store; breathe: () => Promise<void>; context: CallContext<TrainEvent> },
): Promise<void> {
  const { store, breathe, context } = parts;
  const total = ORDER.reduce((sum, split) => sum + data.tables[split].count, 0);
  const progress = (done: number) => context.emit({ kind: 'phase', phase: 'evaluating', done, total });
  let done = 0;
  progress(done);
  run.evaluation = { train: null, validate: null, test: null };
  for (const split of ORDER) {
    const table = data.tables[split];
    const datasets = table.datasets.map((id) => data.datasets.find((record) => record.id === id)!);
    const reader = createSliceReader(table, run.config.size, store.shardPixels, breathe);
    const probabilities = await createPredict(
      table,
      reader,
      0,
    )(trainer, { signal: context.signal, progress: (predicted) => progress(done + predicted) });
    done += table.count;
    const origins = { datasetOf: table.dataset, datasets };
    run.evaluation[split] = evaluateSplit({ truth: table.label, probabilities }, origins);
    await store.putPredictions(predictionRecord(run.id, split, table, datasets, probabilities));
    await store.putRun(run);
  }
}

function predictionRecord(
  run: string,
  split: Split,
  table: SliceTable,
  datasets: readonly { name: string }[],
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
    dataset: datasets.map(({ name }) => name),
    datasetOf: table.dataset,
    probabilities,
  };
}
