/** Commands on a run whose labels were corrected: what was changed, training again, and whether that helped. */

import type { Confusion } from '../core/evaluate/confusion.ts';
import { judgedByBoth } from '../core/evaluate/judgedByBoth.ts';
import { comparePaired, type PairedComparison, pairedConfusion } from '../core/evaluate/paired.ts';
import { type DifferenceIntervals, differenceSteps } from '../core/evaluate/pairedBootstrap.ts';
import { correctionsIn, type LabelChanges } from '../core/labels/labelChanges.ts';
import { classIndex, type LabelClass, NO_CLASS } from '../core/labels/labelSet.ts';
import { labelSetOf } from '../core/train/labelSetOf.ts';
import { factsOf, subjectsOf } from '../core/train/subjects.ts';
import type { Split } from '../core/types.ts';
import { attempt, type Context } from './context.ts';
import { inSteps } from './inSteps.ts';
import { createLabelChanges } from './labelChanges.ts';
import { findPredicted, type PredictedQuery, type PredictedSlice } from './predicted.ts';
import type { RunRow } from './state.ts';
import type { TrainActions } from './train.ts';

/** A run beside another one, such as that which it repeats, which is `first`. */
export type RunPair = PairedComparison & {
  /** Of the set as it is, in the order of `perClass`. */
  labels: readonly LabelClass[];
  confusion: readonly [first: Confusion, second: Confusion];
  /** Of second − first; null where it is not known whose the slices are. */
  difference: DifferenceIntervals | null;
};

export type CorrectionActions = {
  /** What was changed of the labels that a run's figures are about; null if nothing can be said of it. */
  labelChanges(run: string): Promise<LabelChanges | null>;
  /** The slices behind a figure, most confident first; none if they can't be read. */
  predicted(query: PredictedQuery): Promise<PredictedSlice[]>;
  /** Starts a run with the same settings on today's labels, which names the run it repeats. */
  trainAgain(run: string): Promise<void>;
  /** On the slices of a split that both judged, with today's labels; null if there are none, or one run is gone. */
  compareWithParent(run: string, split: Split): Promise<RunPair | null>;
  /** The same of any other run with its label set; `other` is the first. */
  compareRuns(run: string, other: string, split: Split): Promise<RunPair | null>;
};

export function createCorrectionCommands(
  context: Context,
  train: Pick<TrainActions, 'startRun'>,
): CorrectionActions {
  const { get, store } = context;
  const changes = createLabelChanges(store);
  const runOf = (id: string | undefined) => get().runs.find((one) => one.id === id);

  async function changesOf(run: RunRow | undefined): Promise<LabelChanges | null> {
    const { project, datasets } = get();
    return run?.evaluation ? changes.of(project.id, datasets, run) : null;
  }

  async function compare(run: RunRow, parent: RunRow, split: Split): Promise<RunPair | null> {
    const { project, datasets } = get();
    const [now, before, after] = await Promise.all([
      changes.now(project.id, datasets, run),
      store.predictions(parent.id, split),
      store.predictions(run.id, split),
    ]);
    if (!now || !before || !after) return null;
    const { set, shards } = now;
    const known = new Map(shards.map((shard) => [shard.shard, shard]));
    const classesOf = (of: RunRow) => labelSetOf(of).classes.map(({ id }) => classIndex(set, id));
    const answers = judgedByBoth(
      { ...before, classOf: classesOf(parent) },
      { ...after, classOf: classesOf(run) },
      set.classes.length,
      (shard, row) => {
        const index = known.get(shard);
        const used = index && index.removed[row] === 0 && !index.excluded[row];
        return used && index.label[row] < set.classes.length ? index.label[row] : NO_CLASS;
      },
    );
    const found = comparePaired(answers);
    const facts = factsOf(answers, shards);
    const difference = facts && (await inSteps(differenceSteps(answers, subjectsOf(facts))));
    return (
      found && {
        ...found,
        labels: set.classes,
        confusion: pairedConfusion(answers),
        difference,
      }
    );
  }

  return {
    labelChanges: (id) =>
      attempt(context, 'What was changed of the labels could not be read.', () => changesOf(runOf(id))),

    predicted: async (query) =>
      (await attempt(context, 'The slices of this figure could not be read.', () =>
        findPredicted(store, query),
      )) ?? [],

    trainAgain: async (id) => {
      const run = runOf(id);
      if (!run) return;
      await attempt(context, 'The training was not started.', async () => {
        const { project, datasets } = get();
        const corrections = correctionsIn(await changesOf(run));
        const now = await changes.now(project.id, datasets, run);
        await train.startRun(run.config, {
          parent: { run: id, corrections },
          labelSet: now?.set ?? labelSetOf(run),
        });
      });
    },

    compareWithParent: async (id, split) => {
      const run = runOf(id);
      const parent = runOf(run?.parent?.run);
      if (!run?.evaluation?.[split] || !parent) return null;
      return attempt(context, 'The two runs could not be compared.', () => compare(run, parent, split));
    },

    compareRuns: async (id, otherId, split) => {
      const [run, other] = [runOf(id), runOf(otherId)];
      if (!run?.evaluation?.[split] || !other || labelSetOf(run).id !== labelSetOf(other).id) return null;
      return attempt(context, 'The two runs could not be compared.', () => compare(run, other, split));
    },
  };
}
