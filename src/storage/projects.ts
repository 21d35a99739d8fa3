/** Projects, each with the key for hashing its identifiers. */
import { DEFAULT_OPTIONS, followTags, relabel } from '../core/dataset/options.ts';
import { putColumns, readColumns } from './columns.ts';
import type { Connection } from './connection.ts';
import { projectMissing } from './failure.ts';
import { withOptions } from './migrate.ts';
import type { ProjectRecord, Store } from './port.ts';
import { removeRun } from './runs.ts';
import type { Name } from './schema.ts';

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
];

type ProjectStore = Pick<
  Store,
  | 'projects'
  | 'createProject'
  | 'deleteProject'
  | 'renameProject'
  | 'setProjectOptions'
  | 'labelByTags'
  | 'takeWriter'
  | 'lastWriter'
  | 'setFence'
  | 'fence'
>;

export function projectStore(connection: Connection): ProjectStore {
  const { read, write, writeFreely, claim, trusted } = connection;
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

    renameProject: (id, name) =>
      write(
        ['projects'],
        async (transaction) => {
          claim(id);
          const projects = transaction.objectStore('projects');
          const project = await projects.get(id);
          if (project) await projects.put({ ...project, name });
        },
        'strict',
      ),

    setProjectOptions: (id, options) =>
      write(
        ['projects', 'shards'],
        async (transaction) => {
          claim(id);
          const projects = transaction.objectStore('projects');
          const project = await projects.get(id);
          if (!project) return;
          await projects.put({ ...project, options });
          const shards = transaction.objectStore('shards');
          for (const stored of await shards.index('project').getAll(id)) {
            const index = readColumns(stored, trusted);
            if (index && relabel(index, options.labelMap)) await putColumns(transaction, index);
          }
        },
        'strict',
      ),

    labelByTags: (id) =>
      write(
        ['projects', 'shards'],
        async (transaction) => {
          claim(id);
          const project = await transaction.objectStore('projects').get(id);
          if (!project) return;
          const { labelMap } = withOptions(project).options;
          const shards = transaction.objectStore('shards');
          for (const stored of await shards.index('project').getAll(id)) {
            const index = readColumns(stored, trusted);
            if (index && followTags(index, labelMap)) await putColumns(transaction, index);
          }
        },
        'strict',
      ),
  };
}

/** Not extractable: a copy of the database cannot be used to test guesses of an identifier outside a browser. */
function generateKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
}
