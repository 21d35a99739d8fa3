/** Counts how often test figures are looked at: kept with the project, whatever becomes of the runs. */
import { countLooks, type LookCount, lookAt, testKeyOf } from '../core/train/looks.ts';
import { attempt, type Context } from './context.ts';
import type { RunRow, State } from './state.ts';

export type LookActions = {
  /** Notes that test figures of these runs are read; a tab that only shows a project notes nothing. */
  lookAtTest(runs: readonly string[]): Promise<void>;
};

export type LookCommands = LookActions & {
  /** Reads what is stored of the project. */
  refresh(): Promise<void>;
};

export function createLookCommands(context: Context): LookCommands {
  const { get, set, store } = context;
  return {
    refresh: async () => {
      const { id } = get().project;
      const record = (await store.projects()).find((project) => project.id === id);
      set({ testLooks: record?.testLooks ?? [] });
    },

    lookAtTest: async (ids) => {
      const { project, runs, readOnly, testLooks } = get();
      if (readOnly) return;
      const seen = (run: RunRow) =>
        testLooks.some((look) => look.run === run.id && look.evaluatedMs === run.evaluated?.atMs);
      const looks = runs
        .filter((run) => ids.includes(run.id) && !seen(run))
        .flatMap((run) => lookAt(run, Date.now()) ?? []);
      if (looks.length === 0) return;
      await attempt(context, 'A look at test was not counted.', async () => {
        const all = await store.addTestLooks(project.id, looks);
        if (get().project.id === project.id) set({ testLooks: all });
      });
    },
  };
}

/** Of the test data of a run's figures; null if these are not recorded. */
export function looksOf({ testLooks }: Pick<State, 'testLooks'>, run: RunRow): LookCount | null {
  const data = testKeyOf(run);
  return data === null ? null : countLooks(testLooks, data);
}
