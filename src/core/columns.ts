/** The columns of a shard, one entry each: all that makes, cuts, copies or checks columns follows from this table. */
import { KEY_BYTES } from './types.ts';

type ColumnArray = typeof Uint8Array | typeof Uint16Array | typeof Uint32Array | typeof Int32Array;

/** How a column is stored, and how many numbers it has for a slice. Checksums of stored columns follow this order. */
export const COLUMNS = {
  dataset: { array: Uint16Array, width: 1 },
  seriesOf: { array: Uint16Array, width: 1 },
  label: { array: Uint8Array, width: 1 },
  source: { array: Uint8Array, width: 1 },
  removed: { array: Uint8Array, width: 1 },
  frame: { array: Uint32Array, width: 1 },
  instanceNumber: { array: Int32Array, width: 1 },
  key: { array: Uint8Array, width: KEY_BYTES },
} as const satisfies Record<keyof Columns, { array: ColumnArray; width: number }>;

export type Columns = {
  /** Index into the shard's datasets. */
  dataset: Uint16Array;
  /** Index into the shard's series. */
  seriesOf: Uint16Array;
  /** Index into LABELS. */
  label: Uint8Array;
  /** Index into LABEL_SOURCES. */
  source: Uint8Array;
  /**
   * 1 where the slice was removed, 2 once its pixels are gone as well, DAMAGED where its stored pixels are no longer
   * those that were written: it then takes part in nothing until its file is dropped again. Rows never move: a
   * SliceRef stays valid.
   */
  removed: Uint8Array;
  /** Frame within its file. */
  frame: Uint32Array;
  /** DICOM InstanceNumber; -1 where there is none. */
  instanceNumber: Int32Array;
  /** First 16 bytes of HMAC(instance UID, frame, pixels): a repeat is recognised by it. */
  key: Uint8Array;
};

export type ColumnName = keyof Columns;

export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

/** Columns of `count` slices, all zero. */
export function emptyColumns<Name extends ColumnName>(
  count: number,
  names: readonly Name[],
): Pick<Columns, Name> {
  return mapColumns(names, (name) => {
    const { array, width } = COLUMNS[name];
    return new array(count * width) as Columns[Name];
  });
}

/** Slices from `from` to before `to`: views, or with `copied` arrays of their own. */
export function sliceColumns<Name extends ColumnName>(
  columns: Pick<Columns, Name>,
  names: readonly Name[],
  [from, to]: readonly [from: number, to: number],
  copied = false,
): Pick<Columns, Name> {
  return mapColumns(names, (name) => {
    const { width } = COLUMNS[name];
    const range = [from * width, to * width] as const;
    return (copied ? columns[name].slice(...range) : columns[name].subarray(...range)) as Columns[Name];
  });
}

/** Copies one slice's numbers. */
export function copyRow<Name extends ColumnName>(
  source: Pick<Columns, Name>,
  at: number,
  target: Pick<Columns, Name>,
  row: number,
  names: readonly Name[],
): void {
  for (const name of names) {
    const { width } = COLUMNS[name];
    for (let i = 0; i < width; i++) target[name][row * width + i] = source[name][at * width + i];
  }
}

function mapColumns<Name extends ColumnName>(
  names: readonly Name[],
  make: (name: Name) => Columns[Name],
): Pick<Columns, Name> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Pick<Columns, Name>;
}
