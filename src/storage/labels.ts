/** Label sets, label events, and the label columns that follow from both: one transaction for each act. */
import { indexEdits } from '../core/labels/editIndex.ts';
import type { LabelEvent } from '../core/labels/event.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { DEFAULT_SET } from '../core/labels/sets/index.ts';
import { readColumns, withLabels } from './columns.ts';
import type { Connection } from './connection.ts';
import { change, remake, remember, shardsOf } from './labelCache.ts';
import { addEvent, projectEvents, readEvents } from './labelEvents.ts';
import type { Store } from './port.ts';
import { readCaps } from './projects.ts';
import type { Name, Transaction } from './schema.ts';
import { withIdentity } from './sliceIdentity.ts';
import { readSums } from './sliceSums.ts';

type LabelStore = Pick<
  Store,
  | 'labelSets'
  | 'putLabelSet'
  | 'deleteLabelSet'
  | 'chooseLabelSet'
  | 'editLabels'
  | 'undoLabels'
  | 'redoLabels'
  | 'labelEvents'
  | 'rebuildLabels'
  | 'shardIndexes'
>;

const STORES: Name[] = ['labelSets', 'labelEvents', 'shards'];

export function labelStore(connection: Connection): LabelStore {
  const { read, write, claim, trusted, knownEvents, knownSeries } = connection;

  const step =
    (kind: 'undo' | 'redo') =>
    (project: string, reader: string, timeMs: number, only?: number): Promise<boolean> =>
      write(STORES, async (transaction) => {
        claim(project);
        const { events, history } = await readEvents(transaction, project, knownEvents);
        const act = history[kind];
        if (act === null || (only !== undefined && only !== act)) return false;
        const event = { kind, act, project, reader, timeMs };
        const seq = await addEvent(transaction, event);
        const { edits } = projectEvents([...events, { ...event, seq }]);
        const targets = events.flatMap((one) => (one.kind === 'edit' && one.act === act ? [one.target] : []));
        const sets = await readSets(transaction, project);
        for (const index of await shardsOf(transaction, project, targets, connection))
          await remake(transaction, index, sets, edits, connection);
        return true;
      });

  return {
    labelSets: (project) => read(['labelSets'], (transaction) => readSets(transaction, project)),

    putLabelSet: (project, set) =>
      write(
        STORES,
        async (transaction) => {
          claim(project);
          await transaction.objectStore('labelSets').put(set, [project, set.id]);
          await remakeAll(transaction, project, connection);
        },
        'strict',
      ),

    chooseLabelSet: (project, labelSet) =>
      write(
        ['projects'],
        async (transaction) => {
          claim(project);
          const record = await transaction.objectStore('projects').get(project);
          if (record) await transaction.objectStore('projects').put({ ...record, labelSet });
        },
        'strict',
      ),

    deleteLabelSet: (project, set) =>
      write(
        STORES,
        async (transaction) => {
          claim(project);
          if (set === DEFAULT_SET.id) throw new Error('Every project keeps the default label set.');
          await transaction.objectStore('labelSets').delete([project, set]);
          await remakeAll(transaction, project, connection);
        },
        'strict',
      ),

    editLabels: (project, asked, reader, timeMs) =>
      write(STORES, async (transaction) => {
        claim(project);
        const edits = await withIdentity(transaction, project, asked, connection);
        const [first, ...others] = edits.map((edit) => {
          return { kind: 'edit', project, reader, timeMs, ...edit } as const;
        });
        if (!first) return null;
        const act = await addEvent(transaction, first);
        await Promise.all(others.map((event) => addEvent(transaction, { ...event, act })));
        const sets = await readSets(transaction, project);
        const targets = edits.map(({ target }) => target);
        const own = indexEdits(edits);
        for (const index of await shardsOf(transaction, project, targets, connection))
          await change(transaction, index, sets, own, connection);
        return act;
      }),

    undoLabels: step('undo'),
    redoLabels: step('redo'),

    labelEvents: (project) =>
      read(['labelEvents'], async (transaction): Promise<LabelEvent[]> => {
        return [...(await readEvents(transaction, project, knownEvents)).events];
      }),

    rebuildLabels: (project) =>
      write(STORES, async (transaction) => {
        claim(project);
        await remakeAll(transaction, project, connection);
      }),

    shardIndexes: (project, set = DEFAULT_SET.id, withSums = false) =>
      read(['shards', 'pixels', 'projects'], async (transaction) => {
        const shards = transaction.objectStore('shards');
        const needsSums = withSums || (await readCaps(transaction, project)) !== null;
        // A record arrives at a time: all records of a large project at once would keep the page from answering.
        const found = await Promise.all(
          (await shards.index('project').getAllKeys(project)).map(async (number) => {
            const stored = await shards.get(number);
            const index = stored && readColumns(stored, trusted);
            if (!index) return [];
            remember(index, knownSeries);
            const sums = needsSums && (await readSums(transaction, index, connection));
            return { ...withLabels(index, set), ...(sums && { sums }) };
          }),
        );
        return found.flat();
      }),
  };
}

/** Makes the label columns of all shards of a project again. */
async function remakeAll(
  transaction: Transaction<'readwrite'>,
  project: string,
  connection: Connection,
): Promise<void> {
  const { knownEvents, trusted } = connection;
  const sets = await readSets(transaction, project);
  const { edits } = await readEvents(transaction, project, knownEvents);
  const shards = transaction.objectStore('shards');
  for (const number of await shards.index('project').getAllKeys(project)) {
    const stored = await shards.get(number);
    const index = stored && readColumns(stored, trusted);
    if (index) await remake(transaction, index, sets, edits, connection);
  }
}

/** The project's label sets, the default one first: a project that never changed it has the app's. */
export async function readSets(
  transaction: Transaction<IDBTransactionMode>,
  project: string,
): Promise<LabelSet[]> {
  const stored = await transaction
    .objectStore('labelSets')
    .getAll(IDBKeyRange.bound([project], [project, []]));
  const own = stored.find(({ id }) => id === DEFAULT_SET.id) ?? DEFAULT_SET;
  return [own, ...stored.filter(({ id }) => id !== DEFAULT_SET.id)];
}
