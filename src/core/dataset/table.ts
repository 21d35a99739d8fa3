/** The datasets as a table, CSV or JSON: written, read from anybody, and compared with what is there. */
import { csv } from '../csv.ts';
import { type DatasetFacts, FACT_KEYS, FACTS, readFacts } from '../files/datasetFacts.ts';
import { sumOf } from '../labels/counts.ts';
import { readCsv, unguarded } from '../readCsv.ts';
import { type Counts, SPLITS, type Split } from '../types.ts';
import type { DatasetRecord } from './record.ts';

export type TableDataset = Pick<DatasetRecord, 'name' | 'location' | 'split'> & {
  facts: DatasetFacts;
};

/** What a line says; null or absent: nothing. */
export type TableLine = {
  line: number;
  name: string;
  split: Split | null;
  location: string | null;
  facts: DatasetFacts;
};

export type ReadTable = { lines: TableLine[]; faults: string[] };

const MOST_CHARACTERS = 5_000_000;
const MOST_LINES = 10_000;
const MOST_TEXT = 200;

const COLUMNS = {
  name: ['name', 'dataset', 'datasetname', 'folder'],
  split: ['split', 'set', 'partition'],
  location: ['location', 'bodylocation', 'bodypart'],
  source: FACTS.source.columns,
  licence: FACTS.licence.columns,
  citation: FACTS.citation.columns,
  note: FACTS.note.columns,
} as const;
const KEYS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

export function writeDatasetsCsv(
  datasets: readonly (TableDataset & {
    slices: number;
    series: number;
    patients: number;
    excluded: number;
    capped: Counts;
  })[],
): string {
  return csv(
    ['name', 'split', 'location', ...FACT_KEYS, 'slices', 'series', 'patients', 'excluded', 'over cap'],
    datasets.map(({ name, split, location, facts, slices, series, patients, excluded, capped }) => [
      name,
      split,
      location,
      ...FACT_KEYS.map((key) => facts[key] ?? ''),
      slices,
      series,
      patients,
      excluded,
      sumOf(capped),
    ]),
  );
}

/** Reads what it can; each fault is a sentence that quotes nothing of the file. */
export function readDatasetsTable(text: string): ReadTable {
  if (text.length > MOST_CHARACTERS) return refused('The file is larger than 5 MB.');
  const raw = /^\ufeff?\s*\[/.test(text) ? jsonLines(text) : csvLines(text);
  if (typeof raw === 'string') return refused(raw);
  if (raw.length > MOST_LINES) return refused('The file has more than 10,000 rows.');
  const lines: TableLine[] = [];
  const faults: string[] = [];
  const names = new Set<string>();
  for (const { line, ...row } of raw) {
    const name = row.name.trim();
    const split = SPLITS.find((one) => one === row.split.trim().toLowerCase()) ?? null;
    if (name === '' || name.length > MOST_TEXT) faults.push(`Row ${line} has no usable name.`);
    else if (names.has(name.toLowerCase())) faults.push(`Row ${line} repeats a name.`);
    else if (row.split.trim() !== '' && !split) {
      faults.push(`The split of row ${line} is none of ${SPLITS.join(', ')}.`);
    } else if (row.location.length > MOST_TEXT) {
      faults.push(`The location of row ${line} is longer than ${MOST_TEXT} characters.`);
    } else {
      names.add(name.toLowerCase());
      const location = row.location.trim() || null;
      lines.push({ line, name, split, location, facts: readFacts(row) });
    }
  }
  return { lines, faults };
}

/** What the lines would change, by dataset; empty cells change nothing. */
export type TableChange = { id: string; name: string; patch: Partial<Omit<TableDataset, 'name'>> };

export function compareTable<T extends TableDataset & { id: string }>(
  lines: readonly TableLine[],
  datasets: readonly T[],
): { changes: TableChange[]; same: number; unknown: string[] } {
  const byName = new Map(datasets.map((one) => [one.name.toLowerCase(), one]));
  const changes: TableChange[] = [];
  const unknown: string[] = [];
  let same = 0;
  for (const { name, split, location, facts } of lines) {
    const dataset = byName.get(name.toLowerCase());
    if (!dataset) {
      unknown.push(name);
      continue;
    }
    const merged = { ...dataset.facts, ...facts };
    const patch: TableChange['patch'] = {
      ...(split && split !== dataset.split ? { split } : {}),
      ...(location && location !== dataset.location ? { location } : {}),
      ...(FACT_KEYS.some((key) => merged[key] !== dataset.facts[key]) ? { facts: merged } : {}),
    };
    if (Object.keys(patch).length === 0) same++;
    else changes.push({ id: dataset.id, name: dataset.name, patch });
  }
  return { changes, same, unknown };
}

type Raw = { line: number } & Record<keyof typeof COLUMNS, string>;

/** The lines, or why there are none. */
function csvLines(text: string): Raw[] | string {
  const [header, ...lines] = readCsv(text);
  if (!header || lines.length === 0) return 'The file has no rows.';
  const plain = header.cells.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const at = (key: keyof typeof COLUMNS) =>
    COLUMNS[key].map((name) => plain.indexOf(name)).find((i) => i >= 0) ?? -1;
  if (at('name') < 0) return 'No column names the datasets, such as “name” or “dataset”.';
  return lines.map(({ line, cells }) => {
    const row = { line } as Raw;
    for (const key of KEYS) row[key] = unguarded(cells[at(key)] ?? '');
    return row;
  });
}

function jsonLines(text: string): Raw[] | string {
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return 'The file looks like JSON but cannot be read as such.';
  }
  if (!Array.isArray(list) || list.length === 0) return 'The file has no rows.';
  return list.map((one: unknown, i) => {
    const record = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>;
    const row = { line: i + 1 } as Raw;
    for (const key of KEYS) {
      const value = Object.hasOwn(record, key) ? record[key] : '';
      row[key] = typeof value === 'string' ? value : '';
    }
    return row;
  });
}

function refused(fault: string): ReadTable {
  return { lines: [], faults: [fault] };
}
