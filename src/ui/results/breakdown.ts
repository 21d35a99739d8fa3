/** Figures that are made from the predictions when they are asked for: by series, by any fact, and of earlier versions. */
import { useEffect, useState } from 'react';
import type { Breakdown, Unit } from '../../app/breakdown.ts';
import type { RunRow } from '../../app/state.ts';
import type { FacetName } from '../../core/evaluate/facets.ts';
import type { Split } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';

/** `wanted`: not yet made; `none`: they can't be made. */
export type Found = { state: 'stored' | 'wanted' | 'none' } | { state: 'made'; breakdown: Breakdown };

/** `stored`: the run's own record has them, or nothing is asked for. */
export function useBreakdown(run: RunRow, split: Split | null, unit: Unit, facet: FacetName): Found {
  const actions = useActions();
  const datasets = useLab((state) => state.datasets);
  const [made, setMade] = useState<{ key: string; breakdown: Breakdown | null } | null>(null);
  const of = split && run.evaluation?.[split];
  const isStored = !of || (unit === 'slice' && facet === 'dataset' && of.intervals !== undefined);
  const key = `${run.id} ${split} ${unit} ${facet} ${run.evaluated?.atMs ?? 0}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: renamed datasets have other names in the table
  useEffect(() => {
    if (isStored || !split) return;
    let wanted = true;
    void actions.breakdown(run.id, split, unit, facet).then((breakdown) => {
      if (wanted) setMade({ key, breakdown });
    });
    return () => {
      wanted = false;
    };
  }, [actions, isStored, key, datasets]);

  if (isStored) return { state: 'stored' };
  if (made?.key !== key) return { state: 'wanted' };
  return made.breakdown ? { state: 'made', breakdown: made.breakdown } : { state: 'none' };
}
