/** Chooses the trained model of the Classify page. */
import type { RunRow } from '../../app/state.ts';
import { METRICS } from '../../core/evaluate/metrics/index.ts';

/** The rule in words. */
export const RULE =
  'The finished run with the best balanced accuracy on validate and test together is chosen first.';

/** Runs with complete weights: finished before stopped, then the best, then the newest. */
export function models(runs: RunRow[]): RunRow[] {
  return runs
    .filter(({ status }) => status === 'finished' || status === 'stopped')
    .map((run) => ({ run, score: heldOut(run) ?? -1 }))
    .sort(
      (a, b) =>
        Number(b.run.status === 'finished') - Number(a.run.status === 'finished') ||
        b.score - a.score ||
        b.run.createdMs - a.run.createdMs,
    )
    .map(({ run }) => run);
}

/**
 * Balanced accuracy over the slices it was not trained on, validate and test together: one of them alone is often a
 * handful of odd datasets. null if it was evaluated on neither.
 */
export function heldOut({ evaluation }: Pick<RunRow, 'evaluation'>): number | null {
  const splits = [evaluation?.validate, evaluation?.test].filter((split) => split != null);
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

/** The model in the address, else the last used, else the best. */
export function chosenModel(runs: RunRow[], asked: string | null, last: string | null): RunRow | null {
  const usable = models(runs);
  return usable.find(({ id }) => id === asked) ?? usable.find(({ id }) => id === last) ?? usable[0] ?? null;
}
