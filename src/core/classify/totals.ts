/** How many series are of each class, by what pixels and header say together. */
import type { LabelSet } from '../labels/labelSet.ts';
import { assess, DEFAULT_RULE, type VerdictRule } from './assess.ts';
import type { JudgedSeries } from './judge.ts';

/** Groups that are no class: no class has these ids. */
export const NO_GROUP = { unknown: '?unknown', foreign: '?none', untold: '?untold' } as const;

/**
 * The id of a class, or one of NO_GROUP: `unknown` to the model; `foreign`: its header names none of the classes, or the
 * user says so; `untold`: neither a model nor a tag says anything. Without a model, the tag's class.
 */
export function groupOf(series: JudgedSeries, rule: VerdictRule = DEFAULT_RULE): string {
  if (series.correction) return series.correction.class ?? NO_GROUP.foreign;
  const { together, doubt } = assess(series, rule);
  if (doubt === 'none-of-the-four') return NO_GROUP.foreign;
  if (doubt === 'unknown') return NO_GROUP.unknown;
  return together?.class ?? series.tag ?? NO_GROUP.untold;
}

export type Total = { id: string; series: number; slices: number };

/** The classes of the set in its order, then the other groups that occur. */
export function totalsOf(
  series: readonly JudgedSeries[],
  { classes }: Pick<LabelSet, 'classes'>,
  rule: VerdictRule = DEFAULT_RULE,
): Total[] {
  const totals = new Map<string, Total>();
  for (const { id } of classes) totals.set(id, { id, series: 0, slices: 0 });
  const others = Object.values(NO_GROUP).map((id) => ({ id, series: 0, slices: 0 }));
  for (const one of others) totals.set(one.id, one);
  for (const one of series) {
    const id = groupOf(one, rule);
    const total = totals.get(id) ?? { id, series: 0, slices: 0 };
    total.series++;
    total.slices += one.slices.length;
    totals.set(id, total);
  }
  return [...totals.values()].filter(
    (total) => total.series > 0 || classes.some(({ id }) => id === total.id),
  );
}
