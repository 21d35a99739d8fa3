/** Runs and their predictions. */
import type { Connection } from './connection.ts';
import type { PredictionRecord, RunRecord, Store } from './port.ts';
import { withNames } from './rename.ts';
import type { Name, Transaction } from './schema.ts';

/** Stores that hold data of a run. */
const OF_RUNS: Name[] = ['runs', 'checkpoints', 'pointers', 'predictions', 'sizes'];

/** Approximate bytes of a run's record without its lists, of an epoch's line and of a point. */
const RUN_BYTES = 2000;
const EPOCH_BYTES = 100;
const POINT_BYTES = 80;

export function runStore({
  read,
  write,
  claim,
}: Connection): Pick<
  Store,
  'runs' | 'run' | 'putRun' | 'swapQueued' | 'putJudged' | 'deleteRun' | 'putPredictions' | 'predictions'
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
        ['runs', 'sizes', 'datasets'],
        (transaction) => {
          claim(record.project);
          return put(transaction, record);
        },
        'strict',
      ),

    swapQueued: (one, other) =>
      write(
        ['runs'],
        async (transaction) => {
          const runs = transaction.objectStore('runs');
          const [first, second] = await Promise.all([runs.get(one), runs.get(other)]);
          if (!first?.queue || !second?.queue) return false;
          claim(first.project);
          const { place } = first.queue;
          await runs.put({ ...first, queue: { ...first.queue, place: second.queue.place } });
          await runs.put({ ...second, queue: { ...second.queue, place } });
          return true;
        },
        'strict',
      ),

    putJudged: (record, predictions, replaces) =>
      write(
        [...OF_RUNS, 'datasets'],
        async (transaction) => {
          claim(record.project);
          for (const id of replaces) await removeRun(transaction, id);
          await put(transaction, record);
          for (const one of predictions) await putPredicted(transaction, one);
        },
        'strict',
      ),

    deleteRun: (id) => write(OF_RUNS, (transaction) => removeRun(transaction, id)),

    putPredictions: (record) =>
      write(['predictions', 'sizes'], (transaction) => putPredicted(transaction, record)),

    predictions: (run, split) =>
      read(
        ['predictions'],
        async (transaction) => (await transaction.objectStore('predictions').get([run, split])) ?? null,
      ),
  };
}

/** Within a transaction over runs, sizes and datasets. */
async function put(transaction: Transaction<'readwrite'>, record: RunRecord): Promise<void> {
  // The training has the names from its start: they may have been changed or withdrawn since.
  const datasets = await transaction.objectStore('datasets').index('project').getAll(record.project);
  const names = new Map(datasets.map(({ id, name }) => [id, name]));
  await transaction.objectStore('runs').put(withNames(record, names));
  await transaction.objectStore('sizes').put(runBytes(record), ['run', record.id]);
}

async function putPredicted(transaction: Transaction<'readwrite'>, record: PredictionRecord): Promise<void> {
  const { run, split } = record;
  await transaction.objectStore('predictions').put(record, [run, split]);
  await transaction.objectStore('sizes').put(predictionBytes(record), ['predictions', run, split]);
}

/** Deletes a run with its checkpoints and predictions, within a transaction over OF_RUNS. */
export async function removeRun(transaction: Transaction<'readwrite'>, id: string): Promise<void> {
  const ofRun = IDBKeyRange.bound([id], [id, []]);
  const sizes = transaction.objectStore('sizes');
  await transaction.objectStore('runs').delete(id);
  await transaction.objectStore('pointers').delete(id);
  await transaction.objectStore('checkpoints').delete(ofRun);
  await transaction.objectStore('predictions').delete(ofRun);
  await sizes.delete(['run', id]);
  await sizes.delete(IDBKeyRange.bound(['checkpoint', id], ['checkpoint', id, []]));
  await sizes.delete(IDBKeyRange.bound(['predictions', id], ['predictions', id, []]));
}

function runBytes({ history, points }: RunRecord): number {
  return RUN_BYTES + history.length * EPOCH_BYTES + points.length * POINT_BYTES;
}

function predictionBytes({ shard, row, truth, datasetOf, probabilities }: PredictionRecord): number {
  return [shard, row, truth, datasetOf, probabilities].reduce((sum, column) => sum + column.byteLength, 0);
}
