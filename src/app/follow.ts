/** Follows the train worker's job on a run: its events become the page's state, its end a notice. */
import type { TrainService } from '../core/train/contract.ts';
import type { CurvePoint } from '../core/train/curve.ts';
import type { TrainEvent } from '../core/train/events.ts';
import { attempt, type Context, explain, report } from './context.ts';
import type { Live } from './live.ts';
import type { RunRow, SavedPlace } from './state.ts';
import type { WorkerHandle } from './workers.ts';

/** Work of the worker on a run. Returns the sentence that reports its end. */
export type Job = (options: { signal: AbortSignal; onEvent(event: TrainEvent): void }) => Promise<string>;

export type FollowParts = {
  worker: WorkerHandle<TrainService>;
  live: Live;
  /** Keeps the screen, and so the machine, from sleeping until the returned function is called. */
  stayAwake(): () => void;
  /** Reloads the project's runs. */
  refresh(): Promise<void>;
};

export type Follower = {
  /** The run in progress. */
  readonly run: string | null;
  /**
   * Follows a job on a stored run to its end; the outcome is shown as a notice, unless `quiet`. Returns the code of the
   * error that ended it; null: none did.
   */
  follow(
    run: string,
    points: CurvePoint[],
    job: Job,
    failure: string,
    quiet?: boolean,
  ): Promise<string | null>;
  /** Ends the run in progress, if it is this one. */
  abort(run: string): Promise<void>;
  /** See TrainCommands. */
  suspend(save: boolean): Promise<SavedPlace | null>;
};

/** Time limit for the current step and its save; earlier saves are kept in any case. */
const SUSPEND_MS = 45_000;

export function createFollower(
  context: Context,
  { worker, live, stayAwake, refresh }: FollowParts,
): Follower {
  const { get, set, store, notify, go } = context;
  let training: { run: string; controller: AbortController; ended: Promise<unknown> } | null = null;
  /** A pause has taken effect: the state is saved. */
  let whenPaused: (() => void) | null = null;

  function patchRow(id: string, patch: (row: RunRow) => Partial<RunRow>): void {
    set(({ runs }) => ({ runs: runs.map((row) => (row.id === id ? { ...row, ...patch(row) } : row)) }));
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
      case 'firstPoint':
        patchRow(run, () => ({ firstPointSeconds: event.seconds }));
        break;
      case 'epoch':
        patchRow(run, () => ({ history: event.history }));
        break;
      case 'checkpoint': {
        const { epoch, step, steps } = event;
        patchRow(run, () => ({ saved: { epoch, step, steps } }));
        break;
      }
      case 'point':
      case 'watching':
      case 'watched':
      case 'resumed':
        break;
      default:
        event satisfies never;
    }
  }

  const follow: Follower['follow'] = async (run, points, job, failure, quiet = false) => {
    const controller = new AbortController();
    const ended = finish(controller.signal);
    training = { run, controller, ended };
    return ended;

    async function finish(signal: AbortSignal): Promise<string | null> {
      const sleep = stayAwake();
      let done: string | null = null;
      let cause: RunRow['error'] = null;
      let ending: string | null = null;
      live.begin(run, points);
      patchRow(run, () => ({ status: 'running', error: null }));
      try {
        done = await job({
          signal,
          onEvent: (event) => onEvent(run, event),
        });
      } catch (error) {
        const told = quiet ? explain(error) : report(context, failure, error);
        const { code, message, outcome, next } = await told;
        ending = code;
        if (code !== 'cancelled') cause = { title: message, detail: outcome, next };
        if (code === 'server-gone') await blame(run, message, next).catch(() => undefined);
        // End the worker to release its device; the next command starts another.
        worker.end();
      } finally {
        training = null;
        sleep();
        live.end();
        await attempt(context, 'The runs could not be read.', refresh);
        // A full disk rejects even the record of the run's end.
        patchRow(run, ({ status, error }) =>
          status === 'interrupted' && error === null ? { error: cause } : {},
        );
        set({ storedBytes: await store.storedBytes().catch(() => get().storedBytes) });
      }
      if (done !== null && !quiet) conclude(run, done);
      return ending;
    }
  };

  /** Stores the real cause of a run's end: its worker can't know that the server is gone. */
  async function blame(run: string, title: string, next: string): Promise<void> {
    const record = await store.run(run);
    if (record?.error) await store.putRun({ ...record, error: { ...record.error, title, next } });
  }

  /** If the user still looks at the run, show its results. */
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

  return {
    get run() {
      return training?.run ?? null;
    },
    follow,

    abort: async (run) => {
      if (training?.run !== run) return;
      training.controller.abort();
      await training.ended;
    },

    suspend: async (save) => {
      const followed = training;
      if (!followed) return null;
      const phase = get().live?.phase;
      if (save && (phase === 'training' || phase === 'validating')) {
        const paused = new Promise<void>((resolve) => {
          whenPaused = resolve;
        });
        const late = new Promise((resolve) => setTimeout(resolve, SUSPEND_MS));
        // A worker that does not respond has nothing to save.
        await worker.call.pause().then(
          () => Promise.race([paused, followed.ended, late]),
          () => undefined,
        );
        whenPaused = null;
      }
      followed.controller.abort();
      await followed.ended;
      return get().runs.find(({ id }) => id === followed.run)?.saved ?? null;
    },
  };
}
