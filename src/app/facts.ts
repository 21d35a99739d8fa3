/** What reports say of a run: its record, and what became of its data and labels since. */
import type { RunFacts } from '../core/export/manifest.ts';
import { labelSetOf } from '../core/train/labelSetOf.ts';
import { createChanges } from './changes.ts';
import type { Context } from './context.ts';
import { createLabelChanges } from './labelChanges.ts';
import { looksOf } from './looks.ts';
import type { RunRow } from './state.ts';

export async function factsOf({ get, store }: Context, run: RunRow): Promise<RunFacts> {
  const { project, datasets, testLooks } = get();
  const labelChanges = run.evaluation ? await createLabelChanges(store).of(project.id, datasets, run) : null;
  const changes = run.frozen
    ? await createChanges(store)(
        project.id,
        datasets,
        run.frozen.datasets,
        labelSetOf(run),
        run.config.fold,
        run.config.share,
      )
    : null;
  const looks = looksOf({ testLooks }, run);
  return { ...run, started: new Date(run.createdMs).toISOString(), changes, labelChanges, looks };
}
