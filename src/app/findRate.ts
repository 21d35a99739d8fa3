/** Commands that look for a learning rate: the train worker tries growing rates, and nothing is stored. */
import type { TrainWorkerService } from '../core/baselines/contract.ts';
import { RATES, type RatePoint, type RateSuggestions, suggestRates } from '../core/train/rateFinder.ts';
import type { RunConfig } from '../core/train/run.ts';
import { type Context, report } from './context.ts';
import { fromStarter } from './fromStarter.ts';
import { refused, takenFromTraining } from './sharing.ts';
import type { Starter } from './starter.ts';
import { trainWorker, type WorkerHandle } from './workers.ts';

/** `found` is null until it has ended, and where the loss fell nowhere. */
export type Finding = {
  state: 'running' | 'ended';
  points: readonly RatePoint[];
  /** Steps at most. */
  steps: number;
  found: RateSuggestions;
};

export type FindRateActions = {
  /** With the settings of a run that could begin now. One that is shown is forgotten. */
  findRate(config: RunConfig): Promise<void>;
  /** Ends it, or forgets what it found. */
  closeFinding(): void;
};

export type FindRateCommands = FindRateActions & {
  /** Ends it; resolves when it has ended. */
  suspend(): Promise<void>;
};

type Worker = Pick<WorkerHandle<TrainWorkerService>, 'call' | 'end'>;

export function createFindRateCommands(
  context: Context,
  starter: Starter,
  worker: Worker = trainWorker,
): FindRateCommands {
  const { get, set } = context;
  let controller: AbortController | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  async function search(config: RunConfig, { signal }: AbortController): Promise<void> {
    const { project, labelSet } = get();
    try {
      const begins = config.start
        ? await fromStarter({ ...config, start: config.start }, labelSet, starter)
        : null;
      signal.throwIfAborted();
      const args = {
        project: project.id,
        labelSet,
        config: begins?.config ?? config,
        model: begins?.model ?? null,
      };
      const points = await worker.call.findRate(args, {
        signal,
        onEvent: (point) => {
          if (!signal.aborted)
            set(({ finding }) => ({
              finding: finding && { ...finding, points: [...finding.points, point] },
            }));
        },
      });
      if (!signal.aborted)
        set({ finding: { state: 'ended', points, steps: RATES.steps, found: suggestRates(points) } });
    } catch (error) {
      // End the worker to release its device; the next command starts another.
      worker.end();
      if (signal.aborted) return;
      set({ finding: null });
      await report(context, 'No learning rate was found.', error);
    }
  }

  return {
    findRate: async (config) => {
      const { live, readOnly } = get();
      const title = 'No learning rate was looked for.';
      controller?.abort();
      await ended;
      if (controller || live || readOnly || refused(context, title, takenFromTraining(get()))) return;
      const own = new AbortController();
      controller = own;
      set({ finding: { state: 'running', points: [], steps: RATES.steps, found: null } });
      const working = search(config, own).finally(() => {
        controller = null;
      });
      ended = working;
      await working;
    },
    closeFinding: () => {
      controller?.abort();
      set({ finding: null });
    },
    suspend: async () => {
      controller?.abort();
      set({ finding: null });
      await ended;
    },
  };
}
