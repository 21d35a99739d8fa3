/** Updates a dataset's name in the runs that used it, so that a withdrawn name stays nowhere. */
import type { FrozenDataset } from '../core/train/manifest.ts';
import type { Split } from '../core/types.ts';
import type { RunRecord } from './port.ts';

/** @param names by dataset id; returns the same record if no name differs */
export function withNames(run: RunRecord, names: ReadonlyMap<string, string>): RunRecord {
  let changed = false;
  const nameOf = (id: string, now: string | null) => {
    const name = names.get(id) ?? now;
    if (name !== now) changed = true;
    return name;
  };
  const datasets = (list: readonly FrozenDataset[]) =>
    list.map((one) => ({ ...one, name: nameOf(one.id, one.name) }));
  const scores = (split: Split) => {
    const of = run.evaluation?.[split] ?? null;
    if (!of) return null;
    const perDataset = of.perDataset.map((row) => ({ ...row, dataset: nameOf(row.id, row.dataset)! }));
    return { ...of, perDataset };
  };
  const { frozen, evaluated, evaluation } = run;
  const renamed: RunRecord = {
    ...run,
    frozen: frozen && { ...frozen, datasets: datasets(frozen.datasets) },
    evaluated: evaluated && { ...evaluated, datasets: evaluated.datasets && datasets(evaluated.datasets) },
    evaluation: evaluation && { train: scores('train'), validate: scores('validate'), test: scores('test') },
  };
  return changed ? renamed : run;
}
