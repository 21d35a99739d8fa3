/** Commands on runs: start, pause, stop, resume, delete, and the slices behind a result. */
import type { CurvePoint, TrainEvent, TrainService } from '../core/protocol.ts';
import { startLoop } from '../core/train/loop.ts';
import type { SliceRef } from '../core/types.ts';
import { attempt, type Context, report } from './context.ts';
import { createLive } from './live.ts';
import { readModel } from './model.ts';
import { createPredictedSlices } from './predicted.ts';
import { newRun, runRow } from './runs.ts';
import type { Actions, RunRow, SliceCard, SliceQuery } from './state.ts';
import { trainWorker, type WorkerHandle } from './workers.ts';

export type TrainCommands = Pick<
  Actions,
  'startRun' | 'loadModel' | 'pauseRun' | 'proceedRun' | 'stopRun' | 'resumeRun' | 'deleteRun'
> & {
  /** Reads the project's runs anew. */
  refresh(): Promise<void>;
  /** Learns what the automatic device is. */
  probe(): Promise<void>;
  predictedSlices(
    query: Extract<SliceQuery, { kind: 'predictions' }>,
  ): Promise<{ cards: SliceCard[]; total: number }>;
};

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

export function createTrainCommands(
  context: Context,
  cardsOf: (refs: SliceRef[]) => Promise<SliceCard[]>,
  host: TrainHost = BROWSER,
): TrainCommands {
  const { get, set, store, notify, go } = context;
  const live = createLive(set, host.onFrame);
  const { worker } = host;
  let training: { run: string; controller: AbortController; ended: Promise<void> } | null = null;

  function patchRow(id: string, patch: (row: RunRow) => Partial<RunRow>): void {
    set(({ runs }) => ({ runs: runs.map((row) => (row.id === id ? { ...row, ...patch(row) } : row)) }));
  }

  async function refresh(): Promise<void> {
    const records = await store.runs(get().project.id);
    set({ runs: records.map((record) => runRow(record, training?.run ?? null)) });
  }

  function onEvent(run: string, event: TrainEvent): void {
    live.event(event);
    switch (event.kind) {
      case 'device':
        patchRow(run, () => ({ device: event.device, parameters: event.parameters }));
        set({ device: event.device });
        break;
      case 'phase':
        patchRow(run, ({ status }) => {
          const now = event.phase === 'paused' ? 'paused' : 'running';
          return status === now ? {} : { status: now };
        });
        break;
      case 'epoch':
        patchRow(run, ({ history }) => ({
          history: [...history.filter(({ epoch }) => epoch < event.epoch.epoch), event.epoch],
        }));
        break;
      case 'point':
      case 'checkpoint':
        break;
      default:
        event satisfies never;
    }
  }

  /** Trains a stored run to its end; what it was is told by a notice. */
  async function follow(
    run: string,
    resume: boolean,
    pressedMs: number,
    points: CurvePoint[],
  ): Promise<void> {
    const controller = new AbortController();
    const ended = finish(controller.signal);
    training = { run, controller, ended };
    await ended;

    async function finish(signal: AbortSignal): Promise<void> {
      const sleep = host.stayAwake();
      live.begin(run, points);
      patchRow(run, () => ({ status: 'running', error: null }));
      try {
        const { outcome } = await worker.call.train(
          { run, resume },
          {
            signal,
            onEvent: (event) => {
              onEvent(run, event);
              if (event.kind !== 'point') return;
              patchRow(run, ({ firstPointSeconds }) =>
                firstPointSeconds === null
                  ? { firstPointSeconds: (performance.now() - pressedMs) / 1000 }
                  : {},
              );
            },
          },
        );
        notify({
          tone: 'success',
          title:
            outcome === 'finished'
              ? resume
                ? 'The run has ended.'
                : 'The training has ended.'
              : 'The training was stopped.',
          detail: 'Its model and its results are stored.',
          next: '',
          action: null,
        });
      } catch (error) {
        report(context, 'The training ended early.', error);
        // What the worker still holds of a device goes with it; the next command starts another.
        worker.end();
      } finally {
        training = null;
        sleep();
        live.end();
        await attempt(context, 'The runs could not be read.', refresh);
        set({ storedBytes: await store.storedBytes().catch(() => get().storedBytes) });
      }
    }
  }

  return {
    refresh,
    predictedSlices: createPredictedSlices(store, cardsOf),

    probe: async () => {
      await attempt(context, 'No device to compute on was found.', async () => {
        set({ device: await worker.call.probe({ device: 'auto' }) });
      });
    },

    startRun: async (config) => {
      const pressedMs = performance.now();
      if (training) return;
      await attempt(context, 'The training was not started.', async () => {
        const record = newRun(get().project.id, config);
        await store.putRun(record);
        set(({ runs }) => ({ runs: [...runs, runRow(record, record.id)] }));
        go('train', record.id);
        await follow(record.id, false, pressedMs, []);
      });
    },

    loadModel: async (file) => {
      if (training) return;
      await attempt(context, 'The model was not loaded.', async () => {
        const { config, model } = await readModel(file);
        const record = newRun(get().project.id, config);
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
        await follow(record.id, true, performance.now(), []);
      });
    },

    resumeRun: async (id) => {
      const pressedMs = performance.now();
      if (training) return;
      await attempt(context, 'The training was not resumed.', async () => {
        const record = await store.run(id);
        if (record) await follow(id, true, pressedMs, record.points);
      });
    },

    pauseRun: async () => {
      await attempt(context, 'The training was not paused.', () => worker.call.pause());
    },
    proceedRun: async () => {
      await attempt(context, 'The training does not go on.', () => worker.call.proceed());
    },
    stopRun: async () => {
      await attempt(context, 'The training was not stopped.', () => worker.call.stop());
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
}
