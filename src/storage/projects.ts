/** Projects, each with the key for hashing its identifiers. */
import type { Caps } from '../core/dataset/caps.ts';
import { DEFAULT_OPTIONS } from '../core/dataset/options.ts';
import { DEFAULT_SET } from '../core/labels/sets/index.ts';
import { newLooks } from '../core/train/looks.ts';
import { removeAudits } from './audits.ts';
import type { Connection } from './connection.ts';
import { projectMissing } from './failure.ts';
import { withOptions } from './migrate.ts';
import type { ProjectRecord, Store } from './port.ts';
import { removeRun } from './runs.ts';
import type { Name, StoredProject, Transaction } from './schema.ts';

/** Stores affected by the deletion of a project. */
const ALL: Name[] = [
  'projects',
  'datasets',
  'shards',
  'pixels',
  'runs',
  'checkpoints',
  'pointers',
  'predictions',
  'sizes',
  'writers',
  'labelSets',
  'labelEvents',
  'audits',
];

type ProjectStore = Pick<
  Store,
  | 'projects'
  | 'createProject'
  | 'deleteProject'
  | 'renameProject'
  | 'setProjectOptions'
  | 'addTestLooks'
  | 'caps'
  | 'setCaps'
  | 'takeWriter'
  | 'lastWriter'
  | 'setFence'
  | 'fence'
>;

export function projectStore(connection: Connection): ProjectStore {
  const { read, write, writeFreely, claim } = connection;

  /** A project that is gone stays gone. */
  const change = (id: string, more: Partial<StoredProject>) =>
    write(
      ['projects'],
      async (transaction) => {
        claim(id);
        const projects = transaction.objectStore('projects');
        const project = await projects.get(id);
        if (project) await projects.put({ ...project, ...more });
      },
      'strict',
    );

  return {
    projects: () =>
      read(['projects'], async (transaction) =>
        (await transaction.objectStore('projects').getAll())
          .map(withOptions)
          .sort((a, b) => a.createdMs - b.createdMs),
      ),

    createProject: async (name) => {
      const project: ProjectRecord = {
        id: crypto.randomUUID(),
        name,
        createdMs: Date.now(),
        key: await generateKey(),
        options: DEFAULT_OPTIONS,
        labelSet: DEFAULT_SET.id,
        caps: null,
      };
      await writeFreely(['projects'], async (transaction) => {
        const projects = transaction.objectStore('projects');
        // Keep it the last even if made in the same millisecond or after the clock was set back.
        for (const { createdMs } of await projects.getAll())
          project.createdMs = Math.max(project.createdMs, createdMs + 1);
        await projects.add(project);
      });
      return project;
    },

    deleteProject: (id) =>
      write(
        ALL,
        async (transaction) => {
          claim(id);
          const sizes = transaction.objectStore('sizes');
          const shards = transaction.objectStore('shards');
          for (const shard of await shards.index('project').getAllKeys(id)) {
            await shards.delete(shard);
            await transaction.objectStore('pixels').delete(shard);
            await sizes.delete(['shard', shard]);
          }
          const runs = transaction.objectStore('runs');
          for (const run of await runs.index('project').getAllKeys(id)) await removeRun(transaction, run);
          const datasets = transaction.objectStore('datasets');
          for (const dataset of await datasets.index('project').getAllKeys(id))
            await datasets.delete(dataset);
          await transaction.objectStore('labelSets').delete(IDBKeyRange.bound([id], [id, []]));
          const events = transaction.objectStore('labelEvents');
          for (const event of await events.index('project').getAllKeys(IDBKeyRange.bound([id], [id, []])))
            await events.delete(event);
          await removeAudits(transaction, id);
          connection.knownEvents.delete(id);
          await transaction.objectStore('projects').delete(id);
          // Any earlier writer is refused from now on.
          await transaction.objectStore('writers').delete(id);
        },
        'strict',
      ),

    takeWriter: (project) =>
      writeFreely(['projects', 'writers'], async (transaction) => {
        const exists = await transaction.objectStore('projects').getKey(project);
        if (exists === undefined) throw projectMissing();
        const writers = transaction.objectStore('writers');
        const token = ((await writers.get(project)) ?? 0) + 1;
        await writers.put(token, project);
        return { project, token };
      }),

    lastWriter: (project) =>
      read(['writers'], async (transaction) => {
        const token = await transaction.objectStore('writers').get(project);
        return token === undefined ? null : { project, token };
      }),

    setFence: connection.setFence,
    fence: () => connection.fence ?? null,

    renameProject: (id, name) => change(id, { name }),

    setProjectOptions: (id, options) => change(id, { options }),

    addTestLooks: (id, looks) =>
      write(['projects'], async (transaction) => {
        claim(id);
        const projects = transaction.objectStore('projects');
        const project = await projects.get(id);
        if (!project) throw projectMissing();
        const known = project.testLooks ?? [];
        const more = newLooks(known, looks);
        const testLooks = [...known, ...more];
        if (more.length > 0) await projects.put({ ...project, testLooks });
        return testLooks;
      }),

    caps: (id) => read(['projects'], (transaction) => readCaps(transaction, id)),

    setCaps: (id, caps) => change(id, { caps }),
  };
}

export async function readCaps(
  transaction: Transaction<IDBTransactionMode>,
  project: string,
): Promise<Caps | null> {
  return (await transaction.objectStore('projects').get(project))?.caps ?? null;
}

/** Not extractable: a copy of the database cannot be used to test guesses of an identifier outside a browser. */
function generateKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
}
