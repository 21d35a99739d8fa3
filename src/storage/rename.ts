/** A dataset's name in the runs that saw it: it follows the dataset's, so that a name taken back is left nowhere. */
import type { FrozenDataset } from '../core/train/manifest.ts';
import type { Split } from '../core/types.ts';
import type { RunRecord } from './port.ts';

/** @param names by the dataset's id; the same record where none of them occurs under another name */
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
