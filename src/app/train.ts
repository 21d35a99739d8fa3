/** Commands on runs: start, pause, stop, resume, delete, and the slices behind a result. */
import type { CurvePoint, TrainEvent, TrainService } from '../core/protocol.ts';
import { startLoop } from '../core/train/loop.ts';
import type { SliceRef } from '../core/types.ts';
import type { RunRecord } from '../storage/port.ts';
import type { Actions } from './actions.ts';
import { createChanges } from './changes.ts';
import { attempt, type Context, report } from './context.ts';
import { createLive } from './live.ts';
import { readModel } from './model.ts';
import { createPredictedSlices } from './predicted.ts';
import { newRun, runRow, runRows } from './runs.ts';
import type { RunRow, SavedPlace, SliceCard, SliceQuery } from './state.ts';
import { trainWorker, type WorkerHandle } from './workers.ts';

export type TrainCommands = Pick<
  Actions,
  | 'startRun'
  | 'loadModel'
  | 'pauseRun'
  | 'proceedRun'
  | 'stopRun'
  | 'resumeRun'
  | 'evaluateRun'
  | 'renameRun'
  | 'noteRun'
  | 'changesSince'
  | 'deleteRun'
> & {
  /** Reads the project's runs anew. */
  refresh(): Promise<void>;
  /**
   * Ends the run in progress as if its tab had been closed, so that it can be resumed. `save`: at the step where it
   * is. Where it stands then; null without a run or a checkpoint.
   */
  suspend(save: boolean): Promise<SavedPlace | null>;
  /** Learns what the automatic device is. */
  probe(): Promise<void>;
  predictedSlices(
    query: Extract<SliceQuery, { kind: 'predictions' }>,
  ): Promise<{ cards: SliceCard[]; total: number }>;
};

/** Work of the worker on a run. Gives the sentence that tells its end. */
type Job = (options: { signal: AbortSignal; onEvent(event: TrainEvent): void }) => Promise<string>;

/** What the commands need of the browser. */
export type TrainHost = {
  worker: WorkerHandle<TrainService>;
  onFrame(callback: () => void): void;
  /** Keeps the screen, and so the machine, from sleeping until the returned function is called. */
  stayAwake(): () => void;
};

const BROWSER: TrainHost = {
  worker: trainWorker,
  onFrame: (callback) => {
    requestAnimationFrame(callback);
  },
  stayAwake: () => {
    // Not every browser has it, and none gives it to a hidden page: training goes on without.
    const lock = navigator.wakeLock?.request('screen').catch(() => null);
    return () => void lock?.then((held) => held?.release());
  },
};

/** A step in progress, and the saving after it, are waited for this long; what was saved before is kept in any case. */
const SUSPEND_MS = 45_000;

export function createTrainCommands(
  context: Context,
  cardsOf: (refs: SliceRef[]) => Promise<SliceCard[]>,
  host: TrainHost = BROWSER,
): TrainCommands {
  const { get, set, store, notify, go } = context;
  const live = createLive(set, host.onFrame);
  const { worker } = host;
  const tidied = new Set<string>();
  const offered = new Set<string>();
  const changesSince = createChanges(store);
  let training: { run: string; controller: AbortController; ended: Promise<void> } | null = null;
  /** A pause has taken effect: the state is saved. */
  let whenPaused: (() => void) | null = null;

  function patchRow(id: string, patch: (row: RunRow) => Partial<RunRow>): void {
    set(({ runs }) => ({ runs: runs.map((row) => (row.id === id ? { ...row, ...patch(row) } : row)) }));
  }

  async function refresh(): Promise<void> {
    const records = await store.runs(get().project.id);
    const mirrored = get().live?.elsewhere ? get().live!.run : null;
    set({ runs: runRows(records, training?.run ?? mirrored) });
    if (get().readOnly) return;
    offerResume();
    await tidy(records);
  }

  /** Whoever comes back to a project learns once of a run that waits to be resumed, whatever page is open. */
  function offerResume(): void {
    const { project, runs } = get();
    if (offered.has(project.id)) return;
    offered.add(project.id);
    const run = runs.findLast(({ status }) => status === 'interrupted');
    if (!run) return;
    const { saved } = run;
    notify({
      tone: 'info',
      title: 'A training was interrupted.',
      detail: saved
        ? `It is saved at epoch ${saved.epoch}, step ${saved.step}.`
        : 'Nothing of it was saved yet.',
      next: '',
      action: { label: 'Resume', run: () => void commands.resumeRun(run.id) },
    });
  }

  /** Runs that ended before only their weights were kept. */
  async function tidy(records: readonly RunRecord[]): Promise<void> {
    const over = records.filter(({ id, status }) => isOver(status) && !tidied.has(id));
    for (const { id } of over) {
      tidied.add(id);
      // Room is all that is lost if it fails.
      await store.keepWeights(id).catch(() => undefined);
    }
    if (over.length > 0) set({ storedBytes: await store.storedBytes() });
  }

  /** Changes what the user may change of a run: its title and notes. */
  async function change(id: string, patch: Partial<Pick<RunRecord, 'title' | 'note'>>): Promise<void> {
    const record = await store.run(id);
    // The worker writes the record of the run in progress: it would write over this.
    if (!record || training?.run === id) return;
    await store.putRun({ ...record, ...patch });
    await refresh();
  }

  function onEvent(run: string, event: TrainEvent): void {
    live.event(event);
    if (event.kind === 'phase' && event.phase === 'paused') whenPaused?.();
    switch (event.kind) {
      case 'device':
        patchRow(run, () => ({ device: event.device, parameters: event.parameters }));
        set({ device: event.device });
        break;
      case 'phase':
        patchRow(run, () => ({ status: event.phase === 'paused' ? 'paused' : 'running' }));
        break;
      case 'epoch':
        patchRow(run, ({ history }) => ({
          history: [...history.filter(({ epoch }) => epoch < event.epoch.epoch), event.epoch],
        }));
        break;
      case 'checkpoint': {
        const { epoch, step, steps } = event;
        patchRow(run, () => ({ saved: { epoch, step, steps } }));
        break;
      }
      case 'point':
      case 'resumed':
        break;
      default:
        event satisfies never;
    }
  }

  /** Follows a job of the worker on a stored run to its end; what it was is told by a notice. */
  async function follow(
    run: string,
    points: CurvePoint[],
    job: Job,
    failure = 'The training ended early.',
  ): Promise<void> {
    const pressedMs = performance.now();
    const controller = new AbortController();
    const ended = finish(controller.signal);
    training = { run, controller, ended };
    // Whoever saw it begin needs no word of it later.
    offered.add(get().project.id);
    await ended;

    async function finish(signal: AbortSignal): Promise<void> {
      const sleep = host.stayAwake();
      let done: string | null = null;
      let cause: RunRow['error'] = null;
      live.begin(run, points);
      patchRow(run, () => ({ status: 'running', error: null }));
      try {
        done = await job({
          signal,
          onEvent: (event) => {
            onEvent(run, event);
            if (event.kind !== 'point') return;
            patchRow(run, ({ firstPointSeconds }) =>
              firstPointSeconds === null ? { firstPointSeconds: (performance.now() - pressedMs) / 1000 } : {},
            );
          },
        });
      } catch (error) {
        const { code, message, outcome, next } = await report(context, failure, error);
        if (code !== 'cancelled') cause = { title: message, detail: outcome, next };
        if (code === 'server-gone') await blame(run, message, next).catch(() => undefined);
        // What the worker still holds of a device goes with it; the next command starts another.
        worker.end();
      } finally {
        training = null;
        sleep();
        live.end();
        await attempt(context, 'The runs could not be read.', refresh);
        // A full disk refuses even the record of what ended the run.
        patchRow(run, ({ status, error }) =>
          status === 'interrupted' && error === null ? { error: cause } : {},
        );
        set({ storedBytes: await store.storedBytes().catch(() => get().storedBytes) });
      }
      if (done !== null) conclude(run, done);
    }
  }

  /** Has a run's record say what really ended it: its worker can't know that the server is gone. */
  async function blame(run: string, title: string, next: string): Promise<void> {
    const record = await store.run(run);
    if (record?.error) await store.putRun({ ...record, error: { ...record.error, title, next } });
  }

  /** Whoever still looks at the run sees its results. */
  function conclude(run: string, title: string): void {
    const { page, detail, runs } = get();
    const evaluated = runs.find(({ id }) => id === run)?.evaluation;
    notify({
      tone: 'success',
      title,
      detail: evaluated
        ? 'Its model and its results are stored.'
        : 'Its model is stored. The Results page can evaluate it whenever you like.',
      next: '',
      action: null,
    });
    if (evaluated && page === 'train' && detail === run) go('results', run);
  }

  const trainJob =
    (run: string, resume: boolean): Job =>
    async (options) => {
      const { outcome } = await worker.call.train({ run, resume, fence: store.fence() }, options);
      if (outcome === 'stopped') return 'The training was stopped.';
      return resume ? 'The run has ended.' : 'The training has ended.';
    };

  const commands: TrainCommands = {
    refresh,
    predictedSlices: createPredictedSlices(store, cardsOf),

    suspend: async (save) => {
      const mine = training;
      if (!mine) return null;
      const phase = get().live?.phase;
      if (save && (phase === 'training' || phase === 'validating')) {
        const paused = new Promise<void>((resolve) => {
          whenPaused = resolve;
        });
        const late = new Promise((resolve) => setTimeout(resolve, SUSPEND_MS));
        // A worker that can't be asked has nothing to save either.
        await worker.call.pause().then(
          () => Promise.race([paused, mine.ended, late]),
          () => undefined,
        );
        whenPaused = null;
      }
      mine.controller.abort();
      await mine.ended;
      return get().runs.find(({ id }) => id === mine.run)?.saved ?? null;
    },

    probe: async () => {
      await attempt(context, 'No device to compute on was found.', async () => {
        set({ device: await worker.call.probe({ device: 'auto' }) });
      });
    },

    startRun: async (config) => {
      if (training) return;
      await attempt(context, 'The training was not started.', async () => {
        const record = newRun(get().project.id, config, get().project.options);
        await store.putRun(record);
        set(({ runs }) => ({ runs: [...runs, runRow(record, record.id)] }));
        go('train', record.id);
        await follow(record.id, [], trainJob(record.id, false));
      });
    },

    loadModel: async (file) => {
      if (training) return;
      await attempt(context, 'The model was not loaded.', async () => {
        const { config, model } = await readModel(file);
        const record = newRun(get().project.id, config, get().project.options);
        await store.putRun(record);
        await store.putCheckpoint({
          run: record.id,
          epoch: 0,
          step: 0,
          trainer: { model, momentum: new Map() },
          loop: startLoop(),
          fingerprint: '',
        });
        set(({ runs }) => ({ runs: [...runs, runRow(record, record.id)] }));
        go('train', record.id);
        await follow(record.id, [], trainJob(record.id, true));
      });
    },

    resumeRun: async (id) => {
      if (training) return;
      await attempt(context, 'The training was not resumed.', async () => {
        const record = await store.run(id);
        if (!record) return;
        go('train', id);
        await follow(id, record.points, trainJob(id, true));
      });
    },

    pauseRun: async () => {
      await attempt(context, 'The training was not paused.', () => worker.call.pause());
    },
    proceedRun: async () => {
      await attempt(context, 'The training does not go on.', () => worker.call.proceed());
    },
    stopRun: async (evaluate) => {
      live.stopping(evaluate ? 'evaluate' : 'model');
      await attempt(context, 'The training was not stopped.', () => worker.call.stop({ evaluate }));
    },

    evaluateRun: async (id) => {
      if (training) return;
      await attempt(context, 'The run was not evaluated.', async () => {
        const record = await store.run(id);
        if (!record) return;
        go('train', id);
        const job: Job = async (options) => {
          await worker.call.evaluate({ run: id, fence: store.fence() }, options);
          return 'The run was evaluated.';
        };
        await follow(id, record.points, job, 'The run was not evaluated.');
      });
    },

    renameRun: async (id, title) => {
      await attempt(context, 'The title was not changed.', () => change(id, { title: title.trim() || null }));
    },
    noteRun: async (id, note) => {
      await attempt(context, 'The note was not kept.', () => change(id, { note: note.trim() }));
    },
    changesSince: async (id) => {
      const { project, runs, datasets } = get();
      const frozen = runs.find((run) => run.id === id)?.frozen;
      return frozen ? changesSince(project.id, datasets, frozen.datasets) : [];
    },

    deleteRun: async (id) => {
      await attempt(context, 'The run was not deleted.', async () => {
        if (training?.run === id) {
          training.controller.abort();
          await training.ended;
        }
        await store.deleteRun(id);
        await refresh();
        set({ storedBytes: await store.storedBytes() });
      });
    },
  };
  return commands;
}

function isOver(status: RunRecord['status']): boolean {
  return status === 'finished' || status === 'stopped';
}
