/** Projects, each with the key that its identifiers are hashed with. */
import { DEFAULT_OPTIONS, followTags, relabel } from '../core/dataset/options.ts';
import type { Connection } from './connection.ts';
import { withOptions } from './migrate.ts';
import type { ProjectRecord, Store } from './port.ts';

export function projectStore({
  read,
  write,
}: Connection): Pick<
  Store,
  'projects' | 'createProject' | 'renameProject' | 'setProjectOptions' | 'labelByTags'
> {
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
      await write(['projects'], (transaction) => transaction.objectStore('projects').add(project), 'strict');
      return project;
    },

    renameProject: (id, name) =>
      write(
        ['projects'],
        async (transaction) => {
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
          const projects = transaction.objectStore('projects');
          const project = await projects.get(id);
          if (!project) return;
          await projects.put({ ...project, options });
          const shards = transaction.objectStore('shards');
          for (const index of await shards.index('project').getAll(id)) {
            if (relabel(index, options.labelMap)) await shards.put(index);
          }
        },
        'strict',
      ),

    labelByTags: (id) =>
      write(
        ['projects', 'shards'],
        async (transaction) => {
          const project = await transaction.objectStore('projects').get(id);
          if (!project) return;
          const { labelMap } = withOptions(project).options;
          const shards = transaction.objectStore('shards');
          for (const index of await shards.index('project').getAll(id)) {
            if (followTags(index, labelMap)) await shards.put(index);
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
