/** Commands on a run whose labels were corrected: what was changed, and training again. */

import type { LabelChanges } from '../core/labels/labelChanges.ts';
import { attempt, type Context } from './context.ts';
import { createLabelChanges } from './labelChanges.ts';

export type CorrectionActions = {
  /** What was changed of the labels that a run's figures are about; null if nothing can be said of it. */
  labelChanges(run: string): Promise<LabelChanges | null>;
};

export function createCorrectionCommands(context: Context): CorrectionActions {
  const { get, store } = context;
  const changes = createLabelChanges(store);

  return {
    labelChanges: async (id) =>
      attempt(context, 'What was changed of the labels could not be read.', async () => {
        const { project, datasets, runs } = get();
        const run = runs.find((one) => one.id === id);
        return run?.evaluation ? changes.of(project.id, datasets, run) : null;
      }),
  };
}
