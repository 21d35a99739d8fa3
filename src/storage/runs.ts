/** Runs and their predictions. */
import type { FrozenDataset } from '../core/train/manifest.ts';
import type { SplitEvaluation } from '../core/train/run.ts';
import { SPLITS, type Split } from '../core/types.ts';
import type { Connection } from './connection.ts';
import type { PredictionRecord, RunRecord, Store } from './port.ts';

/** Bytes of a run's record without its lists, of an epoch's line and of a point, roughly. */
const RUN_BYTES = 2000;
const EPOCH_BYTES = 100;
const POINT_BYTES = 80;

export function runStore({
  read,
  write,
}: Connection): Pick<
  Store,
  'runs' | 'run' | 'putRun' | 'renameInRuns' | 'deleteRun' | 'putPredictions' | 'predictions'
> {
  return {
    runs: (project) =>
      read(['runs'], async (transaction) =>
        (await transaction.objectStore('runs').index('project').getAll(project)).sort(
          (a, b) => a.createdMs - b.createdMs,
        ),
      ),

    run: (id) =>
      read(['runs'], async (transaction) => (await transaction.objectStore('runs').get(id)) ?? null),

    putRun: (record) =>
      write(
        ['runs', 'sizes'],
        async (transaction) => {
          await transaction.objectStore('runs').put(record);
          await transaction.objectStore('sizes').put(runBytes(record), ['run', record.id]);
        },
        'strict',
      ),

    renameInRuns: (project, dataset, name) =>
      write(
        ['runs', 'predictions'],
        async (transaction) => {
          const runs = transaction.objectStore('runs');
          const predictions = transaction.objectStore('predictions');
          for (const run of await runs.index('project').getAll(project)) {
            const old = nameIn(run, dataset);
            if (old === null || old === name) continue;
            await runs.put(renamed(run, dataset, old, name));
            for (const split of SPLITS) {
              const record = await predictions.get([run.id, split]);
              if (!record?.dataset.includes(old)) continue;
              const names = record.dataset.map((one) => (one === old ? name : one));
              await predictions.put({ ...record, dataset: names }, [run.id, split]);
            }
          }
        },
        'strict',
      ),

    deleteRun: (id) =>
      write(['runs', 'checkpoints', 'pointers', 'predictions', 'sizes'], async (transaction) => {
        const ofRun = IDBKeyRange.bound([id], [id, []]);
        const sizes = transaction.objectStore('sizes');
        await transaction.objectStore('runs').delete(id);
        await transaction.objectStore('pointers').delete(id);
        await transaction.objectStore('checkpoints').delete(ofRun);
        await transaction.objectStore('predictions').delete(ofRun);
        await sizes.delete(['run', id]);
        await sizes.delete(IDBKeyRange.bound(['checkpoint', id], ['checkpoint', id, []]));
        await sizes.delete(IDBKeyRange.bound(['predictions', id], ['predictions', id, []]));
      }),

    putPredictions: (record) =>
      write(['predictions', 'sizes'], async (transaction) => {
        const { run, split } = record;
        await transaction.objectStore('predictions').put(record, [run, split]);
        await transaction.objectStore('sizes').put(predictionBytes(record), ['predictions', run, split]);
      }),

    predictions: (run, split) =>
      read(
        ['predictions'],
        async (transaction) => (await transaction.objectStore('predictions').get([run, split])) ?? null,
      ),
  };
}

/** What the run knows the dataset by. */
function nameIn({ frozen, evaluated }: RunRecord, dataset: string): string | null {
  const known = [...(evaluated?.datasets ?? []), ...(frozen?.datasets ?? [])];
  return known.find(({ id }) => id === dataset)?.name ?? null;
}

function renamed(run: RunRecord, dataset: string, old: string, name: string): RunRecord {
  const rename = (list: FrozenDataset[]) => list.map((one) => (one.id === dataset ? { ...one, name } : one));
  const scores = (split: Split): SplitEvaluation | null => {
    const of = run.evaluation?.[split] ?? null;
    const perDataset = of?.perDataset.map((row) => (row.dataset === old ? { ...row, dataset: name } : row));
    return of && { ...of, perDataset: perDataset ?? [] };
  };
  return {
    ...run,
    frozen: run.frozen && { ...run.frozen, datasets: rename(run.frozen.datasets) },
    evaluated: run.evaluated && {
      ...run.evaluated,
      datasets: run.evaluated.datasets && rename(run.evaluated.datasets),
    },
    evaluation: run.evaluation && {
      train: scores('train'),
      validate: scores('validate'),
      test: scores('test'),
    },
  };
}

function runBytes({ history, points }: RunRecord): number {
  return RUN_BYTES + history.length * EPOCH_BYTES + points.length * POINT_BYTES;
}

function predictionBytes({ shard, row, truth, datasetOf, probabilities }: PredictionRecord): number {
  return [shard, row, truth, datasetOf, probabilities].reduce((sum, column) => sum + column.byteLength, 0);
}
