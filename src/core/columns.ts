/** The columns of a shard, one entry each: code that creates, slices, copies or checks columns uses this table. */
import { KEY_BYTES } from './types.ts';

type ColumnArray = typeof Uint8Array | typeof Uint16Array | typeof Uint32Array | typeof Int32Array;

/** The type of a column, and its numbers per slice. Checksums of stored columns follow this order. */
export const COLUMNS = {
  dataset: { array: Uint16Array, width: 1 },
  seriesOf: { array: Uint16Array, width: 1 },
  removed: { array: Uint8Array, width: 1 },
  excluded: { array: Uint8Array, width: 1 },
  frame: { array: Uint32Array, width: 1 },
  instanceNumber: { array: Int32Array, width: 1 },
  key: { array: Uint8Array, width: KEY_BYTES },
} as const satisfies Record<keyof Columns, { array: ColumnArray; width: number }>;

export type Columns = {
  /** Index into the shard's datasets. */
  dataset: Uint16Array;
  /** Index into the shard's series. */
  seriesOf: Uint16Array;
  /**
   * 1 if the slice is removed, 2 once its pixels are deleted too, DAMAGED if its stored pixels are damaged: it is then
   * unused until its file is dropped again. Rows never move: a SliceRef stays valid.
   */
  removed: Uint8Array;
  /** 1 if the user excludes the slice: it is kept, but not trained on or counted. */
  excluded: Uint8Array;
  /** Frame within its file. */
  frame: Uint32Array;
  /** DICOM InstanceNumber; -1 if absent. */
  instanceNumber: Int32Array;
  /** First 16 bytes of HMAC(instance UID, frame, pixels): identifies a repeated slice. */
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

/** Slices from `from` up to, not including, `to`: views, or copies with `copied`. */
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
