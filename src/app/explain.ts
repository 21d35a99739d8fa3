/** Commands that ask a run's model why it answers as it does. */

import { fromErrorRecord, LabError } from '../core/errors.ts';
import type { ExplainArgs, ExplainService } from '../core/explain/contract.ts';
import type { Actions } from './actions.ts';
import { type Context, explain as explained } from './context.ts';
import type { RunRow } from './state.ts';
import { explainWorker, type WorkerHandle } from './workers.ts';

export type ExplainCommands = Pick<Actions, 'explain' | 'occlude' | 'lookInside'>;

export function createExplainCommands(
  { get }: Pick<Context, 'get'>,
  worker: WorkerHandle<ExplainService> = explainWorker,
): ExplainCommands {
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
