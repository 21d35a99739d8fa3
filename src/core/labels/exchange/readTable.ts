/** Reads a table of labels, CSV or JSON, of this app or of another program: columns are found by their names. */
import { readCsv } from '../../readCsv.ts';
import type { LabelSet } from '../labelSet.ts';
import { readLabelSet } from '../setFile.ts';

/** One line of a table; '' where it has no such column or cell. */
export type TableRow = { line: number } & Readonly<Record<ColumnKey, string>>;

export type LabelTable = {
  rows: TableRow[];
  /** The columns that were found, by their names in the file. */
  found: { column: ColumnKey; name: string }[];
  /** Names of the other columns. */
  ignored: string[];
  /** The label set that a JSON export brings along. */
  set: LabelSet | null;
};

/** Why nothing can be read from a file. */
export type TableFault = { fault: keyof typeof TABLE_FAULTS };

export const TABLE_FAULTS = {
  empty: 'The file has no rows.',
  'not-json': 'The file looks like JSON but cannot be read as such.',
  'no-class': 'No column names a class, such as “class” or “label”.',
  'no-place': 'No column says what is labelled, such as “series id”, “file” or “dataset”.',
  'too-many': 'The file has more than a million rows.',
} as const;

const MOST_ROWS = 1_000_000;

/**
 * Names of columns in lower case without spaces and punctuation; of several that occur, the first counts. The first name of
 * each is what the export writes.
 */
const NAMES = {
  sliceId: ['sliceid', 'slicekey'],
  seriesId: ['seriesid', 'series', 'serieskey'],
  seriesUid: ['seriesinstanceuid', 'seriesuid'],
  sliceSha: ['slicesha256'],
  seriesSha: ['seriessha256'],
  tag: ['tag'],
  file: ['file', 'path', 'filepath', 'filename', 'image', 'imagepath', 'imagefile', 'imagename', 'name'],
  datasetId: ['datasetid'],
  dataset: ['dataset', 'datasetname', 'folder'],
  frame: ['frame'],
  instanceNumber: ['instancenumber', 'instance', 'slicenumber'],
  classId: ['classid', 'labelid'],
  class: ['class', 'label', 'classname', 'labelname', 'category', 'target', 'modality'],
  source: ['source', 'labelsource'],
  reader: ['reader', 'rater', 'annotator', 'labelledby'],
  setId: ['setid', 'labelset'],
} as const;

export type ColumnKey = keyof typeof NAMES;

const KEYS = Object.keys(NAMES) as ColumnKey[];
const PLACES = [
  ...(['sliceId', 'seriesId', 'seriesUid', 'sliceSha', 'seriesSha'] as const),
  ...(['file', 'datasetId', 'dataset'] as const),
];

export function readLabelTable(text: string): LabelTable | TableFault {
  return /^\ufeff?\s*[[{]/.test(text) ? readJson(text) : fromLines(readCsv(text), null);
}

export function isFault(read: LabelTable | TableFault): read is TableFault {
  return 'fault' in read;
}

type Line = { line: number; cells: readonly string[] };

function fromLines([header, ...lines]: readonly Line[], set: LabelSet | null): LabelTable | TableFault {
  if (!header || lines.length === 0) return { fault: 'empty' };
  if (lines.length > MOST_ROWS) return { fault: 'too-many' };
  const plain = header.cells.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const at = Object.fromEntries(
    KEYS.map((key) => [key, NAMES[key].map((name) => plain.indexOf(name)).find((i) => i >= 0) ?? -1]),
  ) as Record<ColumnKey, number>;
  if (at.class < 0 && at.classId < 0) return { fault: 'no-class' };
  if (PLACES.every((key) => at[key] < 0)) return { fault: 'no-place' };
  const used = Object.values(at);
  return {
    rows: lines.map(({ line, cells }) => {
      const row = { line } as { line: number } & Record<ColumnKey, string>;
      for (const key of KEYS) row[key] = cells[at[key]]?.trim() ?? '';
      return row;
    }),
    found: KEYS.filter((key) => at[key] >= 0).map((column) => ({ column, name: header.cells[at[column]] })),
    ignored: header.cells.filter((_, i) => !used.includes(i)),
    set,
  };
}

/** A list of records, or a record with such a list as `labels`. */
function readJson(text: string): LabelTable | TableFault {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { fault: 'not-json' };
  }
  const whole = fields(value);
  const list = Array.isArray(value) ? value : whole.labels;
  if (!Array.isArray(list)) return { fault: 'empty' };
  const names = [...new Set(list.slice(0, MOST_ROWS).flatMap((one) => Object.keys(fields(one))))];
  const lines = list.map((one, i) => {
    const record = fields(one);
    return { line: i + 1, cells: names.map((name) => cellText(record[name])) };
  });
  const { set } = readLabelSet(JSON.stringify(whole.labelSet ?? null));
  return fromLines([{ line: 0, cells: names }, ...lines], set);
}

function cellText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
