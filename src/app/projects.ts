/** Commands on projects: which one is open, and who may write to it. */
import { sameMap } from '../core/dataset/options.ts';
import type { IngestOptions } from '../core/protocol.ts';
import { acquireWriter, type Writer } from '../storage/lock.ts';
import { attempt, type Context } from './context.ts';
import { NO_CLASSIFICATION } from './noClassification.ts';
import { clearPreferences, readPreference, writePreference } from './preferences.ts';
import type { Actions, ProjectRow } from './state.ts';

const FIRST_NAME = 'My project';

export type ProjectCommands = Pick<
  Actions,
  'openProject' | 'createProject' | 'renameProject' | 'setOptions' | 'deleteEverything' | 'takeOver'
> & {
  /** Opens the project used last, or a first one. */
  start(): Promise<void>;
  /** Opens the project of that name, making it if need be. */
  openNamed(name: string): Promise<void>;
};

/** @param read reads everything of the project that was just opened */
export function createProjectCommands(context: Context, read: () => Promise<void>): ProjectCommands {
  const { get, set, store, notify } = context;
  let writer: Writer | null = null;

  async function list(): Promise<ProjectRow[]> {
    const projects = (await store.projects()).map(({ id, name, options }) => ({ id, name, options }));
    set({ projects });
    return projects;
  }

  /** Becomes the project's one writing tab, or shows it read-only. */
  async function lock(id: string, steal: boolean): Promise<void> {
    writer?.release();
    writer = await acquireWriter(id, { steal, onLost: () => set({ readOnly: true }) });
    set({ readOnly: writer === null });
  }

  async function open({ id, name, options }: ProjectRow): Promise<void> {
    writePreference('project', id);
    // A run or dataset in the address belongs to the project left.
    if (get().project.id && get().project.id !== id) context.go(get().page);
    set({
      project: { id, name, options },
      drops: [],
      ingest: null,
      classify: NO_CLASSIFICATION,
    });
    await lock(id, false);
    if (!get().readOnly) await store.compact(id);
    await read();
    set({ ready: true });
  }

  async function openNamed(name: string): Promise<void> {
    const found =
      (await list()).find((project) => project.name === name) ?? (await store.createProject(name));
    await list();
    if (found.id !== get().project.id) await open(found);
  }

  async function setOptions(options: IngestOptions): Promise<void> {
    const { project, live, job } = get();
    if (live || job) {
      notify({
        tone: 'error',
        title: 'The options were not changed.',
        detail: live ? 'A training is under way.' : 'Files are being read.',
        next: 'Change them when it is done.',
        action: null,
      });
      return;
    }
    await attempt(context, 'The options were not changed.', async () => {
      const before = project.options;
      await store.setProjectOptions(project.id, options);
      set({ project: { ...project, options } });
      await list();
      await read();
      notify({
        tone: 'success',
        title: 'Changed how files are read.',
        detail: sameMap(before.labelMap, options.labelMap)
          ? 'It concerns files that are added from now on.'
          : 'Slices that their DICOM tag had labelled follow the new map.',
        next: '',
        action: { label: 'Undo', run: () => void setOptions(before) },
      });
    });
  }

  return {
    openNamed,

    start: async () => {
      await attempt(context, 'The project could not be opened.', async () => {
        const projects = await list();
        const last = readPreference('project');
        const project = projects.find(({ id }) => id === last) ?? projects[0];
        await (project ? open(project) : openNamed(FIRST_NAME));
      });
      set({ ready: true });
    },

    openProject: async (id) => {
      const project = get().projects.find((candidate) => candidate.id === id);
      if (project) await attempt(context, 'The project was not opened.', () => open(project));
    },

    createProject: async (name) => {
      const trimmed = name.trim();
      if (trimmed) await attempt(context, 'The project was not made.', () => openNamed(trimmed));
    },

    renameProject: async (name) => {
      const trimmed = name.trim();
      const { id } = get().project;
      if (!trimmed) return;
      await attempt(context, 'The name was not changed.', async () => {
        await store.renameProject(id, trimmed);
        set(({ project }) => ({ project: { ...project, name: trimmed } }));
        await list();
      });
    },

    setOptions,

    takeOver: async () => {
      await attempt(context, 'This tab could not take over.', async () => {
        await lock(get().project.id, true);
        await read();
      });
    },

    deleteEverything: async () => {
      await attempt(context, 'Not everything was deleted.', async () => {
        await store.deleteEverything();
        clearPreferences();
        await Promise.all((await caches.keys()).map((key) => caches.delete(key)));
        // A fresh start, so that nothing of the deleted project lingers in memory.
        location.hash = '';
        location.reload();
      });
    },
  };
}
