/** Dataset records; removing one marks its slices, restoring clears the mark. */

import { createKeySet } from '../core/dataset/keys.ts';
import type { DatasetRecord } from '../core/dataset/record.ts';
import { DAMAGED } from '../core/dataset/shard.ts';
import { KEY_BYTES } from '../core/types.ts';
import { putColumns, readColumns } from './columns.ts';
import type { Connection } from './connection.ts';
import type { Store } from './port.ts';
import { readCaps } from './projects.ts';
import { withNames } from './rename.ts';
import type { StoredIndex } from './schema.ts';

export function datasetStore({
  read,
  write,
  claim,
  trusted,
}: Connection): Pick<Store, 'datasets' | 'putDatasets' | 'removeDataset' | 'restoreDataset'> {
  return {
    datasets: (project) =>
      read(['datasets', 'projects'], async (transaction) => {
        const records = await transaction.objectStore('datasets').index('project').getAll(project);
        const caps = await readCaps(transaction, project);
        return caps ? records.map((record) => ({ ...record, caps })) : records;
      }),

    putDatasets: (records) =>
      write(
        ['datasets', 'runs'],
        async (transaction) => {
          const datasets = transaction.objectStore('datasets');
          const runs = transaction.objectStore('runs');
          /** By project, then by id. */
          const renamed = new Map<string, Map<string, string>>();
          for (const record of records) {
            claim(record.project);
            const before = await datasets.get(record.id);
            if (before && before.name !== record.name) {
              const names = renamed.get(record.project) ?? new Map<string, string>();
              renamed.set(record.project, names.set(record.id, record.name));
            }
            await datasets.put(withoutCaps(record));
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
        const record = await transaction.objectStore('datasets').get(id);
        if (record) claim(record.project);
        await transaction.objectStore('datasets').delete(id);
        for (const stored of await transaction.objectStore('shards').index('datasets').getAll(id)) {
          // Unreadable shards need no mark: the next compaction deletes them.
          const index = readColumns(stored, trusted);
          if (!index) continue;
          const changed = mark(index, id, [0, DAMAGED], 1, () => true);
          if (changed) await putColumns(transaction, { ...index, dirty: index.project });
        }
      }),

    restoreDataset: (record) =>
      write(['datasets', 'shards'], async (transaction) => {
        claim(record.project);
        const shards = transaction.objectStore('shards');
        await transaction.objectStore('datasets').put(withoutCaps(record));
        // Slices that were dropped again in the meantime exist already.
        const present = createKeySet();
        for (const stored of await shards.index('project').getAll(record.project)) {
          const index = readColumns(stored, trusted);
          for (let row = 0; index && row < index.count; row++) {
            if (!index.removed[row]) present.add(index.key, row * KEY_BYTES);
          }
        }
        for (const stored of await shards.index('datasets').getAll(record.id)) {
          const index = readColumns(stored, trusted);
          if (!index) continue;
          const changed = mark(index, record.id, [1], 0, (row) => present.add(index.key, row * KEY_BYTES));
          if (!changed) continue;
          const { dirty: _, ...clean } = index;
          await putColumns(transaction, index.removed.includes(1) ? index : clean);
        }
      }),
  };
}

/** Caps are the project's: stored with a dataset, they would outlive a change. */
export function withoutCaps({ caps: _, ...record }: DatasetRecord): DatasetRecord {
  return record;
}

/** Changes `removed` of the dataset's rows; false if no row changed. */
function mark(
  index: StoredIndex,
  dataset: string,
  from: readonly number[],
  to: 0 | 1,
  applies: (row: number) => boolean,
): boolean {
  const number = index.datasets.indexOf(dataset);
  let changed = false;
  for (let row = 0; row < index.count; row++) {
    if (index.dataset[row] !== number || !from.includes(index.removed[row]) || !applies(row)) continue;
    index.removed[row] = to;
    changed = true;
  }
  return changed;
}
