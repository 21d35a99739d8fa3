/** Commands on projects: open, take over writing, delete. */
import type { IngestOptions } from '../core/dataset/options.ts';
import { toErrorRecord } from '../core/errors.ts';
import { sumOf } from '../core/labels/counts.ts';
import { projectMissing } from '../storage/failure.ts';
import type { LostShard } from '../storage/port.ts';
import { additionsOf } from './additions.ts';
import { attempt, type Context, refusedWhileBusy } from './context.ts';
import type { Handover } from './handover.ts';
import { NO_CLASSIFICATION } from './noClassification.ts';
import { clearPreferences, readPreference, removePreference, writePreference } from './preferences.ts';
import { inQueue } from './queue.ts';
import type { ProjectRow } from './state.ts';
import type { Tabs } from './tabs.ts';
import type { UnderWay } from './underway.ts';

const FIRST_NAME = 'My project';

export type ProjectActions = {
  openProject(id: string): Promise<void>;
  createProject(name: string): Promise<void>;
  renameProject(name: string): Promise<void>;
  /** Sets how files are read from now on. Undoable through its notice. */
  setOptions(options: IngestOptions): Promise<void>;
  /** Asks first and names what will be lost; then opens another project. */
  deleteProject(): Promise<void>;
  /** The caller asks before. */
  deleteEverything(): Promise<void>;
  /** Asks first; the other tab saves its work. */
  takeOver(): Promise<void>;
};

export type ProjectCommands = ProjectActions & {
  /** Opens the project used last, or a first one. */
  start(): Promise<void>;
  /** Opens the project of that name, creating it if necessary; false if the user prefers to stay. */
  openNamed(name: string): Promise<boolean>;
};

type Parts = {
  /** Loads the project that was just opened. */
  read(): Promise<void>;
  handover: Handover;
  underWay: UnderWay;
  tabs: Tabs;
  /** Removes the copy of the app that the browser keeps. */
  removeCopy(): Promise<void>;
  /** Reloads the page. */
  restart(): void;
};

export function createProjectCommands(context: Context, parts: Parts): ProjectCommands {
  const { get, set, store, notify, ask } = context;
  const { read, handover, underWay, tabs } = parts;

  async function list(): Promise<ProjectRow[]> {
    const projects = (await store.projects()).map(({ id, name, options }) => ({ id, name, options }));
    set({ projects });
    return projects;
  }

  /** Whether the open project may be left; if so, running work is saved and stopped. */
  async function leave(next: string): Promise<boolean> {
    const lines = underWay.describe('project');
    if (lines.length === 0) return true;
    const queued = get().queueGoes ? inQueue(get().runs).length : 0;
    const question = {
      title: `Stop, and open “${next}”?`,
      lines: queued > 0 ? [...lines, queuePaused('The', queued)] : lines,
      yes: 'Stop and open',
      no: 'Stay',
      danger: false,
    };
    if (!(await ask(question))) return false;
    await underWay.stop('project');
    return true;
  }

  async function open({ id, name, options }: ProjectRow): Promise<void> {
    writePreference('project', id);
    // A run or dataset in the address belongs to the previous project.
    if (get().project.id && get().project.id !== id) context.go(get().page);
    set({
      project: { id, name, options },
      practice: additionsOf(id),
      drops: [],
      ingest: null,
      live: null,
      classify: NO_CLASSIFICATION,
    });
    await handover.claim(id);
    await read();
    if (!get().readOnly) await tidy(id);
    set({ ready: true });
  }

  /** Frees the space of removed slices, after loading. The project opens even if this fails. */
  async function tidy(id: string): Promise<void> {
    await attempt(context, 'The room of removed slices was not freed.', async () => {
      const lost = await store.compact(id);
      set({ storedBytes: await store.storedBytes() });
      if (lost.length > 0) tellLost(lost, await store.datasets(id));
    });
  }

  function tellLost(lost: readonly LostShard[], datasets: readonly { id: string; name: string }[]): void {
    const slices = lost.reduce((sum, shard) => sum + shard.slices, 0);
    const ids = new Set(lost.flatMap((shard) => shard.datasets));
    const names = datasets.filter(({ id }) => ids.has(id)).map(({ name }) => `“${name}”`);
    notify({
      tone: 'error',
      title: `About ${slices.toLocaleString('en')} stored slices could not be read any more.`,
      detail: `What describes them is damaged, so they were taken out${names.length > 0 ? ` of ${names.join(', ')}` : ''}. Everything else is kept.`,
      next: 'Drop the files of these datasets again to restore them.',
      action: null,
    });
  }

  async function openNamed(name: string): Promise<boolean> {
    const found = (await list()).find((project) => project.name === name);
    if (found && found.id === get().project.id) return true;
    if (!(await leave(name))) return false;
    const project = found ?? (await store.createProject(name));
    await list();
    await open(project);
    return true;
  }

  tabs.listen((message) => {
    if (message.kind !== 'deleted' || message.project !== get().project.id || !get().ready) return;
    void underWay.drop('project');
    handover.release();
    set({ failure: toErrorRecord(projectMissing()) });
  });

  async function setOptions(options: IngestOptions): Promise<void> {
    const { project } = get();
    if (refusedWhileBusy(context, 'The options were not changed.')) return;
    await attempt(context, 'The options were not changed.', async () => {
      const before = project.options;
      await store.setProjectOptions(project.id, options);
      set({ project: { ...project, options } });
      await list();
      notify({
        tone: 'success',
        title: 'Changed how files are read.',
        detail: 'It concerns files that are added from now on.',
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
        if (project) await open(project);
        else await openNamed(FIRST_NAME);
      });
      set({ ready: true });
    },

    openProject: async (id) => {
      const project = get().projects.find((candidate) => candidate.id === id);
      if (!project || id === get().project.id) return;
      await attempt(context, 'The project was not opened.', async () => {
        if (await leave(project.name)) await open(project);
      });
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
      const { project, live, runs, takingOver } = get();
      if (takingOver) return;
      const run = live?.elsewhere ? runs.find(({ id }) => id === live.run) : undefined;
      const queued = readPreference(`queue:${project.id}`) === null ? 0 : inQueue(runs).length;
      const sure = await ask({
        title: `Take “${project.name}” over from the other tab?`,
        lines: [
          ...(run
            ? [
                `“${run.title}” is being trained there. It is saved at its current step and ends; you can resume it here.`,
                'The other tab then only shows the project.',
              ]
            : ['What the other tab is at is saved and ends. It then only shows the project.']),
          ...(queued > 0 ? [queuePaused('Its', queued)] : []),
        ],
        yes: 'Take over',
        no: 'Leave it there',
        danger: false,
      });
      if (!sure) return;
      await attempt(context, 'This tab could not take over.', async () => {
        await handover.takeOver(project.id);
        // As was said: also where the other tab had no time to do so.
        removePreference(`queue:${project.id}`);
        await read();
      });
    },

    deleteProject: async () => {
      const { project, datasets, runs, readOnly } = get();
      if (readOnly) return;
      const slices = datasets.reduce(
        (sum, dataset) => sum + dataset.slices + dataset.excluded + sumOf(dataset.capped),
        0,
      );
      const sure = await ask({
        title: `Delete “${project.name}”?`,
        lines: [
          `${count(datasets.length, 'dataset')} with ${count(slices, 'slice')}, their labels and splits`,
          `${count(runs.length, 'run')} with weights, curves and results`,
          ...underWay.describe('project').map((line) => line.replace(/ It is saved.*$/, ' It ends.')),
          'This cannot be undone. Your own image files are not touched; other projects stay.',
        ],
        yes: 'Delete for good',
        no: 'Keep it',
        danger: true,
      });
      if (!sure) return;
      await attempt(context, 'The project was not deleted.', async () => {
        await underWay.drop('project');
        await store.deleteProject(project.id);
        handover.release();
        tabs.send({ kind: 'deleted', project: project.id });
        removePreference(`practice:${project.id}`);
        set({ datasets: [], runs: [] });
        const [next] = await list();
        if (next) await open(next);
        else await openNamed(FIRST_NAME);
        notify({
          tone: 'success',
          title: `Deleted “${project.name}”.`,
          detail: 'The browser frees its room on the disk in its own time.',
          next: '',
          action: null,
        });
      });
    },

    deleteEverything: async () => {
      await attempt(context, 'Not everything was deleted.', async () => {
        // Other tabs end their work; later writes are refused (storage/connection.ts).
        tabs.send({ kind: 'deleted', project: null });
        await underWay.drop('project');
        handover.release();
        await store.deleteEverything();
        clearPreferences();
        await parts.removeCopy();
        // Reload, so that nothing of the deleted project stays in memory.
        parts.restart();
      });
    },
  };
}

/** What becomes of a queue that goes on when its tab or its project is left. */
function queuePaused(whose: 'The' | 'Its', runs: number): string {
  return `${whose} queue of ${count(runs, 'run')} is paused. Every run keeps its place; “Go on with the queue” on the Train page goes on with it.`;
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
