/** Commands on runs: start, pause, stop, resume, delete, and the slices behind a result. */
import type { SplitEvaluation } from '../core/evaluate/evaluation.ts';
import type { AlterationName } from '../core/image/alterations.ts';
import type { TrainService } from '../core/train/contract.ts';
import type { CurvePoint } from '../core/train/curve.ts';
import { labelSetOf } from '../core/train/labelSetOf.ts';
import type { RunConfig } from '../core/train/run.ts';
import type { SliceRef, Split } from '../core/types.ts';
import type { RunRecord } from '../storage/port.ts';
import { beginQueued, beginRun, startingWith } from './beginRun.ts';
import { createChanges } from './changes.ts';
import { attempt, type Context } from './context.ts';
import { createFollower, type Job } from './follow.ts';
import { guardFacts } from './guard.ts';
import { createLive } from './live.ts';
import { readModel } from './model.ts';
import { createPredictedSlices } from './predicted.ts';
import { newRun, runRow, runRows, tidyTags } from './runs.ts';
import { refused, takenFromTraining } from './sharing.ts';
import { createStarter, type Starter } from './starter.ts';
import type { SavedPlace, SliceCard, SliceQuery } from './state.ts';
import { trainWorker, type WorkerHandle } from './workers.ts';

export type TrainActions = {
  /** `more`: of a run that repeats another one. */
  startRun(config: RunConfig, more?: Pick<RunRecord, 'parent' | 'repeats' | 'labelSet'>): Promise<void>;
  /** Loads a safetensors file exported by this app as a run without training, and evaluates it. */
  loadModel(file: File): Promise<void>;
  pauseRun(): Promise<void>;
  proceedRun(): Promise<void>;
  /** Keeps the model. A skipped evaluation can be done later by `evaluateRun`. */
  stopRun(evaluate: boolean): Promise<void>;
  /** Resumes an interrupted run from its last checkpoint. */
  resumeRun(id: string): Promise<void>;
  /** Evaluates the stored model of a finished run on the current data. `openTest`: also test that was to stay closed. */
  evaluateRun(id: string, openTest?: boolean): Promise<void>;
  /** Figures of a split for altered slices; null if they can't be computed. Nothing is stored. */
  evaluateAltered(run: string, split: Split, alteration: AlterationName): Promise<SplitEvaluation | null>;
  /** Empty: back to the default name from its settings. */
  renameRun(id: string, title: string): Promise<void>;
  noteRun(id: string, note: string): Promise<void>;
  tagRun(id: string, tags: readonly string[]): Promise<void>;
  /** Changes of the run's data since it froze them, as sentences; empty if there are none or they are unknown. */
  changesSince(id: string): Promise<string[]>;
  deleteRun(id: string): Promise<void>;
};

export type TrainCommands = TrainActions & {
  /** Reloads the project's runs. */
  refresh(): Promise<void>;
  /**
   * Ends the run in progress as if its tab had been closed, so that it can be resumed. `save`: saves at the current
   * step. Returns the saved position; null without a run or a checkpoint.
   */
  suspend(save: boolean): Promise<SavedPlace | null>;
  /** Begins a stored run, or goes on with it, and returns how it ended: see Follower. It opens no page. */
  trainQueued(record: RunRecord): Promise<string | null>;
  /** Determines the automatic device. */
  probe(): Promise<void>;
  predictedSlices(
    query: Extract<SliceQuery, { kind: 'predictions' }>,
  ): Promise<{ cards: SliceCard[]; total: number }>;
};

/** The browser features that the commands need. */
export type TrainHost = {
  worker: WorkerHandle<TrainService>;
  onFrame(callback: () => void): void;
  /** Keeps the screen, and so the machine, from sleeping until the returned function is called. */
  stayAwake(): () => void;
};

const ENDED_EARLY = 'The training ended early.';

const BROWSER: TrainHost = {
  worker: trainWorker,
  onFrame: (callback) => {
    requestAnimationFrame(callback);
  },
  stayAwake: () => {
    // Not every browser has it, and none grants it to a hidden page: training continues without.
    const lock = navigator.wakeLock?.request('screen').catch(() => null);
    return () => void lock?.then((held) => held?.release());
  },
};

export function createTrainCommands(
  context: Context,
  cardsOf: (refs: SliceRef[]) => Promise<SliceCard[]>,
  host: TrainHost = BROWSER,
  starter: Starter = createStarter(),
): TrainCommands {
  const { get, set, store, notify, go } = context;
  const live = createLive(set, host.onFrame);
  const { worker } = host;
  const tidied = new Set<string>();
  const offered = new Set<string>();
  const changesSince = createChanges(store);
  const follower = createFollower(context, { worker, live, stayAwake: host.stayAwake, refresh });

  /** A user who saw a run begin needs no later notice. */
  function follow(run: string, points: CurvePoint[], job: Job, failure = ENDED_EARLY) {
    offered.add(get().project.id);
    return follower.follow(run, points, job, failure);
  }

  async function refresh(): Promise<void> {
    const records = await store.runs(get().project.id);
    const mirrored = get().live?.elsewhere ? get().live!.run : null;
    set({ runs: runRows(records, follower.run ?? mirrored) });
    if (get().readOnly) return;
    offerResume();
    await tidy(records);
  }

  /** On returning to a project, tell the user once about a run that can be resumed, on any page. */
  function offerResume(): void {
    const { project, runs } = get();
    if (offered.has(project.id)) return;
    offered.add(project.id);
    // What is in the queue is offered with it.
    const run = runs.findLast(({ status, queue }) => status === 'interrupted' && !queue);
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

  /** Older runs that still keep more than their weights. */
  async function tidy(records: readonly RunRecord[]): Promise<void> {
    const over = records.filter(({ id, status }) => isOver(status) && !tidied.has(id));
    for (const { id } of over) {
      tidied.add(id);
      // A failure only costs disk space.
      await store.keepWeights(id).catch(() => undefined);
    }
    if (over.length > 0) set({ storedBytes: await store.storedBytes() });
  }

  /** Changes the editable fields of a run: its title, notes and tags. */
  async function change(
    id: string,
    patch: Partial<Pick<RunRecord, 'title' | 'note' | 'tags'>>,
  ): Promise<void> {
    const record = await store.run(id);
    // The worker writes the record of the run in progress and would overwrite this.
    if (!record || follower.run === id) return;
    await store.putRun({ ...record, ...patch });
    await refresh();
  }

  /** Whether a job cannot begin: another one goes on, or the device is in use, which the user is told. */
  const isRefused = (title: string) =>
    follower.run !== null || refused(context, title, takenFromTraining(get()));

  const trainJob =
    (run: string, resume: boolean): Job =>
    async (options) => {
      const { outcome } = await worker.call.train({ run, resume, fence: store.fence() }, options);
      if (outcome === 'stopped') return 'The training was stopped.';
      return resume ? 'The run has ended.' : 'The training has ended.';
    };

  async function trainQueued(record: RunRecord): Promise<string | null> {
    const { id, points } = record;
    offered.add(get().project.id);
    const train = (resume: boolean) =>
      follower.follow(id, resume ? points : [], trainJob(id, resume), ENDED_EARLY, true);
    if (record.status !== 'queued') return train(true);
    const begun = await beginQueued(context, starter, record);
    set(({ runs }) => ({ runs: runs.map((row) => (row.id === id ? runRow(begun, id) : row)) }));
    return train(false);
  }

  const commands: TrainCommands = {
    refresh,
    trainQueued,
    predictedSlices: createPredictedSlices(store, cardsOf),
    suspend: follower.suspend,

    probe: async () => {
      await attempt(context, 'No device to compute on was found.', async () => {
        set({ device: await worker.call.probe({ device: 'auto' }) });
      });
    },

    startRun: async (config, more = {}) => {
      const title = 'The training was not started.';
      if (isRefused(title)) return;
      await attempt(context, title, async () => {
        const record = await beginRun(context, starter, config, more);
        set(({ runs }) => ({ runs: [...runs, runRow(record, record.id)] }));
        go('train', record.id);
        await follow(record.id, [], trainJob(record.id, false));
      });
    },

    loadModel: async (file) => {
      const title = 'The model was not loaded.';
      if (isRefused(title)) return;
      await attempt(context, title, async () => {
        const { config, labelSet, model, calibration } = await readModel(file);
        const { project, ingest, guard } = get();
        const record = {
          ...newRun(project.id, config, labelSet, project.options, ingest, guardFacts(guard)),
          calibration,
        };
        await store.putRun(record);
        await store.putCheckpoint(startingWith(record.id, model));
        set(({ runs }) => ({ runs: [...runs, runRow(record, record.id)] }));
        go('train', record.id);
        await follow(record.id, [], trainJob(record.id, true));
      });
    },

    resumeRun: async (id) => {
      const title = 'The training was not resumed.';
      if (isRefused(title)) return;
      await attempt(context, title, async () => {
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

    evaluateRun: async (id, openTest = false) => {
      const title = 'The run was not evaluated.';
      if (isRefused(title)) return;
      await attempt(context, title, async () => {
        const record = await store.run(id);
        if (!record) return;
        go('train', id);
        const job: Job = async (options) => {
          await worker.call.evaluate({ run: id, openTest, fence: store.fence() }, options);
          return openTest ? 'Test was evaluated.' : 'The run was evaluated.';
        };
        await follow(id, record.points, job, title);
      });
    },

    evaluateAltered: async (run, split, alteration) =>
      (await attempt(context, 'The altered slices were not judged.', () =>
        worker.call.evaluateAltered({ run, split, alteration }),
      )) ?? null,

    renameRun: async (id, title) => {
      await attempt(context, 'The title was not changed.', () => change(id, { title: title.trim() || null }));
    },
    noteRun: async (id, note) => {
      await attempt(context, 'The note was not kept.', () => change(id, { note: note.trim() }));
    },
    tagRun: async (id, tags) => {
      await attempt(context, 'The tags were not kept.', () => change(id, { tags: tidyTags(tags) }));
    },
    changesSince: async (id) => {
      const { project, runs, datasets } = get();
      const run = runs.find((one) => one.id === id);
      if (!run?.frozen) return [];
      return changesSince(
        project.id,
        datasets,
        run.frozen.datasets,
        labelSetOf(run),
        run.config.fold,
        run.config.share,
      );
    },

    deleteRun: async (id) => {
      await attempt(context, 'The run was not deleted.', async () => {
        await follower.abort(id);
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
