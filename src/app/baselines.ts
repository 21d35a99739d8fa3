/** Commands that make the project's baselines, and cancel that. */
import type { BaselineOrder, TrainWorkerService } from '../core/baselines/contract.ts';
import { BASELINE_NAMES, baselineConfig } from '../core/baselines/meta.ts';
import { labelSetOf } from '../core/train/labelSetOf.ts';
import { attempt, type Context } from './context.ts';
import { guardFacts } from './guard.ts';
import { newRun } from './runs.ts';
import { refused, takenFromTraining } from './sharing.ts';
import type { RunRow, State } from './state.ts';
import { trainWorker, type WorkerHandle } from './workers.ts';

export type BaselineActions = {
  /**
   * Makes every baseline of the shown label set: seconds. They take the place of those made before, except for those that the
   * user gave a title or a note.
   */
  makeBaselines(): Promise<void>;
  cancelBaselines(): void;
};

export type BaselineCommands = BaselineActions & {
  /** Cancels; resolves when it has ended. */
  suspend(): Promise<void>;
};

/** @param refresh reads the project's runs again */
export function createBaselineCommands(
  context: Context,
  refresh: () => Promise<void>,
  worker: Pick<WorkerHandle<TrainWorkerService>, 'call'> = trainWorker,
): BaselineCommands {
  const { get, set, store, notify } = context;
  let controller: AbortController | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  async function makeBaselines(): Promise<void> {
    const title = 'The baselines were not made.';
    const { live, readOnly, project } = get();
    if (controller || live || readOnly || refused(context, title, takenFromTraining(get()))) return;
    const aborter = new AbortController();
    controller = aborter;
    const orders = ordersOf(get());
    set({ baselines: { key: orders[0].run.config.network, done: 0, total: 1 } });
    const working = attempt(context, title, async () => {
      await worker.call.makeBaselines(
        { orders, fence: store.fence() },
        {
          signal: aborter.signal,
          onEvent: (baselines) => {
            if (controller === aborter && !aborter.signal.aborted) set({ baselines });
          },
        },
      );
      return true;
    });
    ended = working;
    const made = await working;
    controller = null;
    set({ baselines: null });
    if (get().project.id !== project.id) return;
    await attempt(context, 'The runs could not be read.', refresh);
    if (made) tell();
  }

  /** Tells it to a user who does something else meanwhile. */
  function tell(): void {
    const { page } = get();
    if (page === 'train' || page === 'results') return;
    notify({
      tone: 'success',
      title: 'The baselines are made.',
      detail: 'They are on the Results page, beside the networks.',
      next: '',
      action: { label: 'See them', run: () => context.go('results') },
    });
  }

  return {
    makeBaselines,
    cancelBaselines: () => controller?.abort(),
    suspend: async () => {
      controller?.abort();
      await ended;
    },
  };
}

function ordersOf({ project, labelSet, ingest, runs, guard }: State): BaselineOrder[] {
  return BASELINE_NAMES.map((name) => {
    const config = baselineConfig(name);
    const isEarlier = (run: RunRow) =>
      run.config.network === config.network &&
      labelSetOf(run).id === labelSet.id &&
      run.name === null &&
      run.note === '';
    return {
      run: newRun(project.id, config, labelSet, project.options, ingest, guardFacts(guard)),
      replaces: runs.filter(isEarlier).map(({ id }) => id),
    };
  });
}
