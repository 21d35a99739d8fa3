/** Figures of a run's stored model on altered slices. Nothing is stored. */
import { LabError } from '../../errors.ts';
import type { SplitEvaluation } from '../../evaluate/evaluation.ts';
import { evaluationSteps } from '../../evaluate/split.ts';
import { ALTERATIONS, type AlterationName } from '../../image/alterations.ts';
import type { Split } from '../../types.ts';
import { hasNone, outputsOf } from '../answers.ts';
import { classIds, labelSetOf } from '../labelSetOf.ts';
import { createPredict } from '../predict.ts';
import { createSliceReader, type SliceReader } from '../slices.ts';
import { factsOf, subjectsOf } from '../subjects.ts';
import { shardOf } from '../table.ts';
import { inTurns } from '../turns.ts';
import { noModel, noRun } from './failure.ts';
import type { SessionPort } from './port.ts';
import { readTables } from './tables.ts';

export type AlteredArgs = { run: string; split: Split; alteration: AlterationName };

export async function evaluateAltered(
  { run: id, split, alteration }: AlteredArgs,
  { store, openTrainer, yieldToEventLoop, context }: SessionPort,
): Promise<SplitEvaluation> {
  const run = await store.run(id);
  if (!run) throw noRun();
  const labelSet = labelSetOf(run);
  const [data, checkpoint] = await Promise.all([
    readTables(store, run.project, labelSet, run.config.fold, run.config.share),
    store.latestCheckpoint(id),
  ]);
  if (!checkpoint) throw noModel();
  const table = data.tables[split];
  const opened = await openTrainer(run.config, outputsOf(run.config, labelSet.classes.length));
  try {
    opened.trainer.load({ model: checkpoint.trainer.model });
    const reader = altering(
      createSliceReader(table, run.config.inputSize, store.shardPixels, yieldToEventLoop),
      alteration,
    );
    const predict = createPredict(table, reader, { cacheBytes: 0, none: hasNone(run.config) });
    const { probabilities } = await predict(opened.trainer, {
      signal: context.signal,
      progress: (done) => context.emit({ kind: 'phase', phase: 'evaluating', done, total: table.count }),
    });
    const datasets = table.datasets.map((of) => data.datasets.find((record) => record.id === of)!);
    const subjects = subjectsOf(factsOf({ shard: shardOf(table), row: table.row }, data.indexes)!);
    const index = { datasetOf: table.dataset, datasets };
    const steps = evaluationSteps({ truth: table.label, probabilities }, classIds(labelSet), index, subjects);
    const figures = await inTurns(steps, yieldToEventLoop, context.signal);
    if (!figures) throw emptySplit();
    return figures;
  } finally {
    opened.dispose();
  }
}

/** The alteration is made at the network's input size. */
function altering(reader: SliceReader, alteration: AlterationName): SliceReader {
  const { apply } = ALTERATIONS[alteration];
  const { size } = reader;
  return {
    size,
    async read(shard, slices, target, slot) {
      await reader.read(shard, slices, target, slot);
      for (let i = 0; i < slices.length; i++) apply(target, (slot + i) * size * size, size);
    },
  };
}

function emptySplit(): LabError {
  return new LabError(
    'nothing-to-evaluate',
    'This split holds no labelled slice any more.',
    'Nothing was evaluated.',
    'On the Data page, give a dataset this split.',
  );
}
