/** The queue of runs: stored with the runs, begun one after the other by the tab that writes. */
import { LabError } from '../core/errors.ts';
import type { RunConfig } from '../core/train/run.ts';
import type { RunRecord } from '../storage/port.ts';
import { attempt, type Context, explain } from './context.ts';
import { readPreference, removePreference, writePreference } from './preferences.ts';
import { newRun, tidyTags } from './runs.ts';
import { takenFromTraining } from './sharing.ts';
import type { RunRow, State } from './state.ts';
import type { TrainCommands } from './train.ts';

/** A run to be queued, and what the user calls it. */
export type QueuedRun = { config: RunConfig; title: string | null; note: string; tags: readonly string[] };

export type QueueActions = {
  /** Adds runs behind those that wait; they begin only when the queue goes on. */
  queueRuns(runs: readonly QueuedRun[]): Promise<void>;
  /** Changes places with the run before (-1) or after (1) it. */
  moveQueued(id: string, by: -1 | 1): Promise<void>;
  /** A run that has begun is kept, with what it learned; one that has not is deleted. */
  unqueueRun(id: string): Promise<void>;
  goOnQueue(): void;
  /** The run in progress goes on to its end. */
  pauseQueue(): void;
};

export type QueueCommands = QueueActions & {
  /** Begins the next run, if nothing keeps it; called with every change of the state. */
  advance(): Promise<void>;
  /** After a project was opened: a queue that was going goes on, and the user is told. */
  opened(): void;
};

/** Times that a run is begun without being saved in between, before the queue goes on without it. */
const MOST_TRIES = 3;

/** What would end the next run in the same way: the queue waits for the user. */
const ENDS_ALL: readonly string[] = ['server-gone', 'storage-full', 'writer-lost', 'project-missing'];

/** The runs that wait, or were begun by the queue and are not over, in their order. */
export function inQueue(runs: readonly RunRow[]): RunRow[] {
  const open: readonly RunRow['status'][] = ['queued', 'interrupted', 'running', 'paused'];
  return runs
    .filter(({ queue, status }) => queue !== undefined && open.includes(status))
    .sort((a, b) => a.queue!.place - b.queue!.place);
}

/** Why a queue that goes on begins nothing now; null: it does. */
export function queueWaits(
  state: Pick<State, 'audit' | 'baselines' | 'job'> & Partial<Pick<State, 'finding'>>,
): string | null {
  const taken = takenFromTraining(state);
  if (taken) return taken.reason;
  return state.job?.kind === 'ingest' ? 'Files are being read.' : null;
}

export function createQueueCommands(
  context: Context,
  train: Pick<TrainCommands, 'trainQueued' | 'refresh'>,
): QueueCommands {
  const { get, set, store, notify } = context;
  let busy = false;
  /** How the runs of this page's queue ended, for the notice at its end. */
  let ended = { trained: 0, left: 0 };

  /** The project whose queue goes on here: the state of another may be read while this one is left. */
  let goesFor: string | null = null;

  const mark = (project: string) => `queue:${project}` as const;

  function go(): void {
    const { id } = get().project;
    ended = { trained: 0, left: 0 };
    goesFor = id;
    writePreference(mark(id), 'goes');
    set({ queueGoes: true });
  }

  function pause(project = get().project.id): void {
    removePreference(mark(project));
    if (goesFor !== project) return;
    goesFor = null;
    set({ queueGoes: false });
  }

  async function advance(): Promise<void> {
    const state = get();
    if (busy || goesFor === null || goesFor !== state.project.id) return;
    if (state.readOnly || state.yielding || state.live || queueWaits(state)) return;
    const next = inQueue(state.runs)[0];
    if (!next) return finish();
    busy = true;
    const title = 'The queue was paused.';
    const project = goesFor;
    const went = await attempt(context, title, async () => {
      await trainNext(next.id, project);
      return true;
    });
    busy = false;
    if (!went) pause(project);
    void advance();
  }

  async function trainNext(id: string, project: string): Promise<void> {
    const record = await store.run(id);
    if (!record?.queue) return train.refresh();
    const { queue } = record;
    const tries = place(record.saved) === place(queue.from) ? queue.tries + 1 : 1;
    if (tries > MOST_TRIES) {
      ended.left++;
      return leave(id);
    }
    const begun = { ...record, queue: { ...queue, tries, from: record.saved } };
    await store.putRun(begun);
    const code = await trainOne(begun);
    // Handed over, or another project is opened: the user is there, and says when the queue goes on.
    if (code === 'cancelled' && get().runs.some((run) => run.id === id)) return pause(project);
    const after = await store.run(id);
    if (!after) return;
    if (code && ENDS_ALL.includes(code)) throw stopped(after);
    if (after.status !== 'finished' && after.status !== 'stopped' && after.status !== 'failed') return;
    if (after.status === 'failed') ended.left++;
    else ended.trained++;
    await leave(id);
  }

  /** One that can't even begin has failed, like one that fails later. */
  async function trainOne(record: RunRecord): Promise<string | null> {
    try {
      return await train.trainQueued(record);
    } catch (error) {
      const { code, message, outcome, next } = await explain(error);
      if (ENDS_ALL.includes(code)) throw error;
      await store.putRun({ ...record, status: 'failed', error: { title: message, detail: outcome, next } });
      return code;
    }
  }

  /** Takes a run out of the queue; what is stored of it stays. */
  async function leave(id: string): Promise<void> {
    const record = await store.run(id);
    if (record) {
      const { queue: _, ...rest } = record;
      await store.putRun(rest);
    }
    await train.refresh();
  }

  function finish(): void {
    pause();
    const { trained, left } = ended;
    if (trained + left === 0) return;
    notify({
      tone: left > 0 ? 'error' : 'success',
      title: 'The queue has ended.',
      detail: `${runs(trained)} trained${left > 0 ? `, ${runs(left)} not: each says why on the Train page` : ''}.`,
      next: '',
      action: null,
    });
  }

  return {
    advance,
    goOnQueue: go,
    pauseQueue: () => pause(),

    opened: () => {
      const { readOnly, runs: rows } = get();
      const { id } = get().project;
      const goes = !readOnly && readPreference(mark(id)) !== null && inQueue(rows).length > 0;
      goesFor = goes ? id : null;
      set({ queueGoes: goes });
      if (!goes) return;
      ended = { trained: 0, left: 0 };
      notify({
        tone: 'info',
        title: 'The queue of runs goes on.',
        detail: 'It was going when the page was closed.',
        next: '',
        action: { label: 'Pause the queue', run: () => pause() },
      });
    },

    queueRuns: async (wanted) => {
      await attempt(context, 'The runs were not queued.', async () => {
        const { project, ingest, labelSet } = get();
        const last = Math.max(0, ...inQueue(get().runs).map(({ queue }) => queue!.place));
        for (const [i, { config, title, note, tags }] of wanted.entries()) {
          const made = newRun(project.id, config, labelSet, project.options, ingest);
          const kept = tidyTags(tags);
          await store.putRun({
            ...made,
            status: 'queued',
            title,
            note,
            ...(kept.length > 0 && { tags: kept }),
            queue: { place: last + 1 + i, tries: 0, from: null },
          });
        }
        await train.refresh();
      });
    },

    moveQueued: async (id, by) => {
      await attempt(context, 'The order was not changed.', async () => {
        // The worker writes the record of the run in progress.
        const rows = inQueue(get().runs).filter(({ status }) => !isBegun(status));
        const at = rows.findIndex((row) => row.id === id);
        const other = rows[at + by];
        if (at < 0 || !other) return;
        await store.swapQueued(id, other.id);
        await train.refresh();
      });
    },

    unqueueRun: async (id) => {
      await attempt(context, 'The run was not taken out of the queue.', async () => {
        const record = await store.run(id);
        if (!record || isBegun(get().runs.find((row) => row.id === id)?.status)) return;
        if (record.status !== 'queued') return leave(id);
        await store.deleteRun(id);
        await train.refresh();
      });
    },
  };
}

function isBegun(status: RunRow['status'] | undefined): boolean {
  return status === 'running' || status === 'paused';
}

const place = (saved: RunRecord['saved']) => (saved ? `${saved.epoch} ${saved.step}` : '');
const runs = (count: number) => (count === 1 ? '1 run' : `${count} runs`);

/** Its own error is stored with the run. */
function stopped({ error }: RunRecord): LabError {
  return new LabError(
    'queue-paused',
    error?.title ?? 'A run could not go on, and the others could not either.',
    'All runs stay in the queue, with what is saved of them.',
    'Go on with the queue when this is mended.',
  );
}
