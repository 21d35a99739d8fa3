/** The models of the browser's other projects: Classify judges with any of them. */

import { baselineOf } from '../core/baselines/meta.ts';
import type { Context } from './context.ts';
import { runRows } from './runs.ts';
import type { RunRow, State } from './state.ts';

/** A project's runs with complete weights, without their curves. */
export type OtherModels = { project: string; name: string; runs: RunRow[] };

export type OtherModelsActions = {
  /** Reads them again: a project may have been trained in another tab. */
  readOtherModels(): Promise<void>;
};

export function createOtherModelsCommands({
  get,
  set,
  store,
}: Pick<Context, 'get' | 'set' | 'store'>): OtherModelsActions {
  return {
    readOtherModels: async () => {
      const { project, projects } = get();
      const others = projects.filter(({ id }) => id !== project.id);
      // Without them the models of this project are still there.
      const read = await Promise.all(
        others.map(async ({ id, name }) => ({
          project: id,
          name,
          runs: usable(runRows(await store.runs(id).catch(() => []), null)),
        })),
      );
      if (get().project.id === project.id) set({ otherModels: read.filter(({ runs }) => runs.length > 0) });
    },
  };
}

function usable(runs: readonly RunRow[]): RunRow[] {
  return runs
    .filter(({ status, config }) => (status === 'finished' || status === 'stopped') && !baselineOf(config))
    .map((run) => ({ ...run, points: [], history: [] }));
}

/** A run of any project that was read. */
export function anyRun(
  { runs, otherModels }: Pick<State, 'runs' | 'otherModels'>,
  id: string | null,
): RunRow | undefined {
  return [runs, ...otherModels.map((other) => other.runs)].flat().find((run) => run.id === id);
}
