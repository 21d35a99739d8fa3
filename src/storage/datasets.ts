/** Dataset records; removing one marks its slices, and restoring takes the mark back. */
import { createKeySet, KEY_BYTES } from '../core/dataset/keys.ts';
import type { Connection } from './connection.ts';
import type { Store } from './port.ts';
import { withNames } from './rename.ts';
import type { StoredIndex } from './schema.ts';

export function datasetStore({
  read,
  write,
}: Connection): Pick<Store, 'datasets' | 'putDatasets' | 'removeDataset' | 'restoreDataset'> {
  return {
    datasets: (project) =>
      read(['datasets'], (transaction) =>
        transaction.objectStore('datasets').index('project').getAll(project),
      ),

    putDatasets: (records) =>
      write(
        ['datasets', 'runs'],
        async (transaction) => {
          const datasets = transaction.objectStore('datasets');
          const runs = transaction.objectStore('runs');
          /** By project, then by id. */
          const renamed = new Map<string, Map<string, string>>();
          for (const record of records) {
            const before = await datasets.get(record.id);
            if (before && before.name !== record.name) {
              const names = renamed.get(record.project) ?? new Map<string, string>();
              renamed.set(record.project, names.set(record.id, record.name));
            }
            await datasets.put(record);
          }
          for (const [project, names] of renamed) {
            for (const run of await runs.index('project').getAll(project)) {
              const changed = withNames(run, names);
              if (changed !== run) await runs.put(changed);
            }
          }
        },
        'strict',
      ),

    removeDataset: (id) =>
      write(['datasets', 'shards'], async (transaction) => {
        const shards = transaction.objectStore('shards');
        await transaction.objectStore('datasets').delete(id);
        for (const index of await shards.index('datasets').getAll(id)) {
          const changed = mark(index, id, 0, 1, () => true);
          if (changed) await shards.put({ ...index, dirty: index.project });
        }
      }),

    restoreDataset: (record) =>
      write(['datasets', 'shards'], async (transaction) => {
        const shards = transaction.objectStore('shards');
        await transaction.objectStore('datasets').put(record);
        // Slices that were dropped again in the meantime are there already.
        const present = createKeySet();
        for (const index of await shards.index('project').getAll(record.project)) {
          for (let row = 0; row < index.count; row++) {
            if (!index.removed[row]) present.add(index.key, row * KEY_BYTES);
          }
        }
        for (const index of await shards.index('datasets').getAll(record.id)) {
          const changed = mark(index, record.id, 1, 0, (row) => present.add(index.key, row * KEY_BYTES));
          if (!changed) continue;
          const { dirty: _, ...clean } = index;
          await shards.put(index.removed.includes(1) ? index : clean);
        }
      }),
  };
}

/** Changes `removed` of the dataset's rows; false if there was none to change. */
function mark(
  index: StoredIndex,
  dataset: string,
  from: 0 | 1,
  to: 0 | 1,
  applies: (row: number) => boolean,
): boolean {
  const number = index.datasets.indexOf(dataset);
  let changed = false;
  for (let row = 0; row < index.count; row++) {
    if (index.dataset[row] !== number || index.removed[row] !== from || !applies(row)) continue;
    index.removed[row] = to;
    changed = true;
  }
  return changed;
}
