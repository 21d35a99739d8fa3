/** The models of the Classify page, the starter among them, and which one is chosen. */
import { STARTER_TITLE } from '../../app/starterFacts.ts';
import type { RunRow, State } from '../../app/state.ts';
import { baselineOf } from '../../core/baselines/meta.ts';
import { isSameModel, type ModelChoice, runChoice, runIn, STARTER } from '../../core/classify/choice.ts';
import { METRICS } from '../../core/evaluate/metrics/index.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import type { InputSize } from '../../core/train/run.ts';

/** A model that can judge. */
export type Judging = {
  choice: ModelChoice;
  title: string;
  labelSet: LabelSet;
  inputSize: InputSize;
  /** Balanced accuracy over slices that it was not trained on; null: unknown. */
  heldOut: number | null;
  /** The splits that it is of; null: they are those of another collection. */
  heldOutOn: HeldOut | null;
  /** Whether it can call a picture unknown. */
  tellsUnknown: boolean;
  /** The name of another project that it is of; null: it is of this one, or comes with the app. */
  project: string | null;
};

/** The splits by which runs are compared: without test if one of them keeps it closed, for its figures would count for more. */
export type HeldOut = readonly ('validate' | 'test')[];

/** Runs of one project are compared by the same splits. */
export function heldOutSplits(runs: readonly Pick<RunRow, 'config' | 'evaluation'>[]): HeldOut {
  const closed = runs.some(
    ({ config, evaluation }) => config.testOnDemand && evaluation !== null && !evaluation.test,
  );
  return closed ? ['validate'] : ['validate', 'test'];
}

/** The rule in words. */
export function ruleWords(runs: readonly RunRow[]): string {
  return heldOutSplits(usable(runs)).includes('test')
    ? 'The finished run with the best balanced accuracy on validate and test together is chosen first.'
    : 'The finished run with the best balanced accuracy on validate alone is chosen first: test is closed for a run here.';
}

/** What stands for the starter in an address, where runs have their id. */
export const STARTER_IN_ADDRESS = 'starter';

/** Runs with complete weights, baselines not among them. */
function usable(runs: readonly RunRow[]): RunRow[] {
  return runs.filter(
    ({ status, config }) => (status === 'finished' || status === 'stopped') && !baselineOf(config),
  );
}

/** Finished before stopped, then the best, then the newest. */
export function models(runs: RunRow[]): RunRow[] {
  const own = usable(runs);
  const splits = heldOutSplits(own);
  return own
    .map((run) => ({ run, score: heldOut(run, splits) ?? -1 }))
    .sort(
      (a, b) =>
        Number(b.run.status === 'finished') - Number(a.run.status === 'finished') ||
        b.score - a.score ||
        b.run.createdMs - a.run.createdMs,
    )
    .map(({ run }) => run);
}

/**
 * Balanced accuracy over slices it was not trained on, of validate and, where nobody keeps it closed, test together: one
 * of them alone is often a handful of odd datasets. null if it was evaluated on none of them.
 */
export function heldOut({ evaluation }: Pick<RunRow, 'evaluation'>, by: HeldOut): number | null {
  const splits = by.map((split) => evaluation?.[split]).filter((split) => split != null);
  const labels = [...new Set(splits.flatMap((split) => split.labels))];
  const counts = labels.map(() => labels.map(() => 0));
  for (const split of splits) {
    const at = split.labels.map((label) => labels.indexOf(label));
    split.confusion.forEach((row, i) => {
      row.forEach((n, j) => {
        counts[at[i]][at[j]] += n;
      });
    });
  }
  return METRICS.balancedAccuracy.compute(counts);
}

/** The starter, then the runs of the project, the best first, then those of the other projects. */
export function judging({
  starter,
  runs,
  otherModels,
}: Pick<State, 'starter' | 'runs' | 'otherModels'>): Judging[] {
  const shipped: Judging[] = starter
    ? [
        {
          choice: STARTER,
          title: STARTER_TITLE,
          labelSet: starter.labelSet,
          inputSize: starter.inputSize,
          heldOut: starter.heldOut?.slices ?? null,
          heldOutOn: null,
          tellsUnknown: starter.calibration?.unknown !== undefined,
          project: null,
        },
      ]
    : [];
  const trained = (of: RunRow[], project: string | null) => {
    const splits = heldOutSplits(usable(of));
    return models(of).map(
      (run): Judging => ({
        project,
        choice: runChoice(run.id),
        title: run.title,
        labelSet: labelSetOf(run),
        inputSize: run.config.inputSize,
        heldOut: heldOut(run, splits),
        heldOutOn: splits,
        tellsUnknown: run.calibration?.unknown !== undefined,
      }),
    );
  };
  const others = otherModels.flatMap(({ name, runs: of }) => trained(of, name));
  return [...shipped, ...trained(runs, null), ...others];
}

/** The model in the address, else the last used, else the best run, else the starter; null: there is none. */
export function chosenJudging(
  state: Pick<State, 'starter' | 'runs' | 'otherModels' | 'detail' | 'classify'>,
): Judging | null {
  const all = judging(state);
  const asked = state.detail === null ? null : inAddress(state.detail);
  const first = models(state.runs)[0];
  const wanted = [asked, state.classify.model, first ? runChoice(first.id) : STARTER];
  return (
    wanted.flatMap((choice) => all.filter((one) => isSameModel(one.choice, choice)))[0] ?? all[0] ?? null
  );
}

function inAddress(detail: string): ModelChoice {
  return detail === STARTER_IN_ADDRESS ? STARTER : runChoice(detail);
}

/** The end of the address that chooses a model. */
export function addressOf(choice: ModelChoice): string {
  return runIn(choice) ?? STARTER_IN_ADDRESS;
}

/** The run in the address, else the last used, else the best. */
export function chosenModel(runs: RunRow[], asked: string | null, last: string | null): RunRow | null {
  const all = models(runs);
  return all.find(({ id }) => id === asked) ?? all.find(({ id }) => id === last) ?? all[0] ?? null;
}
