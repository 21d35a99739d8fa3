/** Commands that ask a run's model why it answers as it does. */

import { fromErrorRecord, LabError } from '../core/errors.ts';
import type { ExplainArgs, ExplainService } from '../core/explain/contract.ts';
import type { Inside } from '../core/explain/features.ts';
import type { Explained } from '../core/explain/gradcam.ts';
import type { Occluded } from '../core/explain/occlusion.ts';
import { type Context, explain as explained } from './context.ts';
import type { RunRow } from './state.ts';
import { explainWorker, type WorkerHandle } from './workers.ts';

export type ExplainActions = {
  /** What a run's model answers to a slice of 224×224, and its Grad-CAM. Reject with a LabError, as the next two do. */
  explain(run: string, slice: Uint8Array, options?: { signal?: AbortSignal }): Promise<Explained>;
  occlude(
    run: string,
    slice: Uint8Array,
    options?: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
  ): Promise<Occluded>;
  /** What the stages of a run's network make of a slice. */
  lookInside(run: string, slice: Uint8Array, options?: { signal?: AbortSignal }): Promise<Inside>;
};

export function createExplainCommands(
  { get }: Pick<Context, 'get'>,
  worker: WorkerHandle<ExplainService> = explainWorker,
): ExplainActions {
  /** @throws LabError where there is no such run; it says what to do */
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

  /** A server that is gone is called that. */
  async function told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw fromErrorRecord(await explained(error));
    }
  }

  return {
    explain: (run, slice, options = {}) => told(() => worker.call.explain(argsOf(run, slice), options)),
    lookInside: (run, slice, options = {}) => told(() => worker.call.inside(argsOf(run, slice), options)),
    occlude: (run, slice, { signal, onProgress } = {}) =>
      told(() =>
        worker.call.occlude(argsOf(run, slice), {
          ...(signal && { signal }),
          onEvent: ({ done, total }) => onProgress?.(done, total),
        }),
      ),
  };
}

/** Weights change where a run is trained further, or evaluated in another state. */
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
