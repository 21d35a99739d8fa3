/** Figures by series and by fact that look like those of a real run. */
import type { Breakdown } from '../../src/app/breakdown.ts';
import type { State } from '../../src/app/state.ts';
import type { FacetName } from '../../src/core/evaluate/facets.ts';
import type { Split } from '../../src/core/types.ts';

const VALUES: Readonly<Record<FacetName, readonly (string | null)[]>> = {
  dataset: ['A', 'B', 'C'],
  location: ['chest', 'head', null],
  manufacturer: ['SIEMENS', 'GE MEDICAL SYSTEMS', null],
  format: ['dicom', 'nifti', 'png'],
  size: ['129 to 256 px', '257 to 512 px', '1025 to 2048 px'],
};

export function fakeBreakdown({ runs }: State, id: string, split: Split, facet: FacetName): Breakdown | null {
  const evaluation = runs.find((run) => run.id === id)?.evaluation?.[split];
  if (!evaluation) return null;
  const groups = evaluation.perDataset.slice(0, 3).map(({ id: _, dataset, location, ...score }, group) => ({
    ...score,
    group,
    value: VALUES[facet][group],
  }));
  return { evaluation, groups };
}
