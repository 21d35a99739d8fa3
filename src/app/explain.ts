/** Commands that explain the answers of a run's model. */

import { fromErrorRecord, LabError } from '../core/errors.ts';
import type { ExplainArgs, ExplainService } from '../core/explain/contract.ts';
import type { Inside } from '../core/explain/features.ts';
import type { Explained } from '../core/explain/gradcam.ts';
import type { Occluded } from '../core/explain/occlusion.ts';
import { type Context, explain as explained } from './context.ts';
import type { RunRow } from './state.ts';
import { explainWorker, type WorkerHandle } from './workers.ts';

export type ExplainActions = {
  /** The answer of a run's model for a 224×224 slice, and its Grad-CAM. Reject with a LabError, as the next two do. */
  explain(run: string, slice: Uint8Array, options?: { signal?: AbortSignal }): Promise<Explained>;
  occlude(
    run: string,
    slice: Uint8Array,
    options?: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
  ): Promise<Occluded>;
  /** The activations of a run's network for a slice. */
  lookInside(run: string, slice: Uint8Array, options?: { signal?: AbortSignal }): Promise<Inside>;
};

export function createExplainCommands(
  { get }: Pick<Context, 'get'>,
  worker: WorkerHandle<ExplainService> = explainWorker,
): ExplainActions {
  /** @throws LabError if there is no such run, with the next step */
  function argsOf(id: string, slice: Uint8Array): ExplainArgs {
    const { runs, live } = get();
    const run = runs.find((one) => one.id === id);
    if (!run) throw runGone();
    return {
      run: id,
      version: versionOf(run),
      device: run.config.device,
      whileTraining: live !== null && !live.elsewhere,
      slice,
    };
  }

  /** Names a missing server as the cause. */
  async function named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw fromErrorRecord(await explained(error));
    }
  }

  return {
    explain: (run, slice, options = {}) => named(() => worker.call.explain(argsOf(run, slice), options)),
    lookInside: (run, slice, options = {}) => named(() => worker.call.inside(argsOf(run, slice), options)),
    occlude: (run, slice, { signal, onProgress } = {}) =>
      named(() =>
        worker.call.occlude(argsOf(run, slice), {
          ...(signal && { signal }),
          onEvent: ({ done, total }) => onProgress?.(done, total),
        }),
      ),
  };
}

/** Weights change when a run is trained further or evaluated in another state. */
function versionOf({ evaluated, saved, status }: RunRow): string {
  return JSON.stringify([evaluated?.weights ?? null, saved, status]);
}

function runGone(): LabError {
  return new LabError(
    'run-missing',
    'This run is no longer there.',
    'Nothing was changed.',
    'Choose another model, or train one.',
  );
}
