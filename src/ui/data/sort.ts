/** Order of the datasets table. */
import type { DatasetRow } from '../../app/state.ts';
import { SPLITS } from '../../core/types.ts';
import type { Sort } from '../parts/SortHeader.tsx';

export type DatasetColumn = 'name' | 'location' | 'split' | 'slices' | 'series' | 'patients' | 'warnings';

/** Natural order: Dataset 2 before Dataset 10. */
const byName = new Intl.Collator('en', { numeric: true });

/** The table's initial order. */
export const FIRST_SORT: Sort<DatasetColumn> = { key: 'split', ascending: true };

export function sortDatasets(datasets: DatasetRow[], { key, ascending }: Sort<DatasetColumn>): DatasetRow[] {
  const sign = ascending ? 1 : -1;
  return datasets.toSorted((a, b) => sign * compare(a, b, key) || byName.compare(a.name, b.name));
}

/** Changes when the table must be sorted again: not when a value of the sorted column is edited. */
export function orderKey(datasets: readonly DatasetRow[], { key }: Sort<DatasetColumn>): string {
  const edited = key === 'name' || key === 'location' || key === 'split';
  const rows = datasets.map((row) => (edited ? row.id : `${row.id} ${String(row[key])}`));
  return rows.sort().join('\n');
}

function compare(a: DatasetRow, b: DatasetRow, key: DatasetColumn): number {
  switch (key) {
    case 'name':
    case 'location':
      return byName.compare(a[key], b[key]);
    case 'split':
      return SPLITS.indexOf(a.split) - SPLITS.indexOf(b.split);
    case 'warnings':
      return a.warnings.length - b.warnings.length;
    case 'slices':
    case 'series':
    case 'patients':
      return a[key] - b[key];
    default:
      return key satisfies never;
  }
}
