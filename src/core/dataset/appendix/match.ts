/** Finds the row of the paper's appendix that a folder or a dataset is named after. */
import { APPENDIX, type AppendixRow } from './paper.ts';

/** Letters and digits alone: "QIN LUNG CT", "QIN-Lung-CT" and "qin_lung_ct" are one. */
function key(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const BY_KEY = new Map(APPENDIX.map((row) => [key(row.name), row]));

export function appendixRow(name: string): AppendixRow | null {
  return BY_KEY.get(key(name)) ?? null;
}

/** Which rows are among the datasets, by their names or sources, and which are not. */
export function appendixState<T extends { name: string; source: string }>(
  datasets: readonly T[],
): { here: { row: AppendixRow; dataset: T }[]; missing: AppendixRow[] } {
  const found = new Map<AppendixRow, T>();
  for (const dataset of datasets) {
    const row = APPENDIX.find(({ url }) => url === dataset.source) ?? appendixRow(dataset.name);
    if (row && !found.has(row)) found.set(row, dataset);
  }
  return {
    here: APPENDIX.flatMap((row) => (found.has(row) ? [{ row, dataset: found.get(row)! }] : [])),
    missing: APPENDIX.filter((row) => !found.has(row)),
  };
}
