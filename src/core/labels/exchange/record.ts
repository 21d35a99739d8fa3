/** The exports of labels: a row for each series, or for each slice where slices of a series differ; as CSV and as JSON. */
import { type Cell, csv } from '../../csv.ts';
import { LABEL_SOURCES, type LabelSource } from '../../types.ts';
import { classAt, type LabelSet } from '../labelSet.ts';
import type { Contents } from './contents.ts';
import { decidingEdits, type EditEvent, type ExchangeShard, listSlices, type SliceList } from './slices.ts';

export type LabelExportInput = {
  shards: readonly ExchangeShard[];
  set: LabelSet;
  /** In force, in their order. */
  edits: readonly EditEvent[];
  /** The path of a slice's file while it is at hand, by the slice's key in hex. */
  pathOf: (key: string) => string | null;
  nameOf: (dataset: string) => string;
  /** null: without `contents` in the options. */
  contents: Contents | null;
  /** A time as ISO 8601. */
  timeText: (ms: number) => string;
};

export type LabelExportOptions = {
  /** Names of datasets and paths of files can identify patients. */
  datasetNames: boolean;
  filePaths: boolean;
  /** Hashes of stored pixels: by these the labels match in another project that has the same images. */
  contents: boolean;
  /** A row for each slice, also where a series has one label. */
  everySlice: boolean;
};

export type LabelRow = {
  datasetId: string;
  dataset: string;
  seriesId: string;
  tag: string | null;
  /** null in a row of a whole series, as are `frame` and `instanceNumber`. */
  sliceId: string | null;
  /** As of Contents; null without them, and where pixels are damaged. */
  seriesSha256: string | null;
  sliceSha256: string | null;
  /** null unless all slices of the row lie in one file that is at hand. */
  file: string | null;
  frame: number | null;
  instanceNumber: number | null;
  slices: number;
  classId: string | null;
  class: string | null;
  source: LabelSource;
  reader: string;
  /** Of the edit that gave the label; null if none did. */
  edited: string | null;
};

export function labelRows(
  input: LabelExportInput,
  { everySlice, filePaths }: LabelExportOptions,
): LabelRow[] {
  const list = listSlices(input.shards);
  const decided = decidingEdits(list, input.shards, input.set, input.edits);
  const pathOf = (slice: number) => (filePaths ? input.pathOf(list.keyOf(slice)) : null);
  const rowOf = (slices: readonly number[], single: boolean): LabelRow => {
    const [slice] = slices;
    const { dataset, facts } = list.series[list.seriesOf[slice]];
    const found = classAt(input.set, list.label[slice]);
    const edit = input.edits[decided[slice]];
    return {
      datasetId: dataset,
      dataset: input.nameOf(dataset),
      seriesId: facts.series,
      tag: facts.modalityTag,
      sliceId: single ? list.keyOf(slice) : null,
      seriesSha256: input.contents?.series[list.seriesOf[slice]] ?? null,
      sliceSha256: single ? (input.contents?.slices[slice] ?? null) : null,
      file: commonPath(slices.map(pathOf)),
      frame: single ? list.frame[slice] : null,
      instanceNumber: single && list.instanceNumber[slice] >= 0 ? list.instanceNumber[slice] : null,
      slices: slices.length,
      classId: found?.id ?? null,
      class: found?.name ?? null,
      source: LABEL_SOURCES[list.source[slice]],
      reader: edit?.reader ?? '',
      edited: edit ? input.timeText(edit.timeMs) : null,
    };
  };
  return list.series.flatMap(({ slices }) => {
    const whole = !everySlice && isUniform(slices, list, decided) && !spansFiles(slices, pathOf);
    return whole ? [rowOf(slices, false)] : slices.map((slice) => rowOf([slice], true));
  });
}

/** Columns whose names a reader of other tables would look for; none is ever renamed. */
const COLUMNS: readonly {
  name: string;
  cell: (row: LabelRow, set: LabelSet) => Cell;
  only?: keyof LabelExportOptions;
}[] = [
  { name: 'dataset id', cell: ({ datasetId }) => datasetId },
  { name: 'dataset', cell: ({ dataset }) => dataset, only: 'datasetNames' },
  { name: 'series id', cell: ({ seriesId }) => seriesId },
  { name: 'tag', cell: ({ tag }) => tag },
  { name: 'slice id', cell: ({ sliceId }) => sliceId },
  { name: 'file', cell: ({ file }) => file, only: 'filePaths' },
  { name: 'frame', cell: ({ frame }) => frame },
  { name: 'instance number', cell: ({ instanceNumber }) => instanceNumber },
  { name: 'slices', cell: ({ slices }) => slices },
  { name: 'class id', cell: ({ classId }) => classId },
  { name: 'class', cell: (row) => row.class },
  { name: 'source', cell: ({ source }) => source },
  { name: 'reader', cell: ({ reader }) => reader },
  { name: 'edited', cell: ({ edited }) => edited },
  { name: 'set id', cell: (_, { id }) => id },
  { name: 'series sha256', cell: ({ seriesSha256 }) => seriesSha256, only: 'contents' },
  { name: 'slice sha256', cell: ({ sliceSha256 }) => sliceSha256, only: 'contents' },
];

export function labelsCsv(rows: readonly LabelRow[], set: LabelSet, options: LabelExportOptions): string {
  const shown = COLUMNS.filter(({ only }) => !only || options[only]);
  return csv(
    shown.map(({ name }) => name),
    rows.map((row) => shown.map(({ cell }) => cell(row, set))),
  );
}

/** With the label set itself, so that another project can take it over. */
export function labelsRecord(
  rows: readonly LabelRow[],
  set: LabelSet,
  options: LabelExportOptions,
  app: { commit: string },
) {
  return {
    version: 1,
    app,
    labelSet: set,
    labels: rows.map(({ dataset, file, seriesSha256, sliceSha256, ...row }) => ({
      ...row,
      ...(options.contents ? { seriesSha256, sliceSha256 } : {}),
      ...(options.datasetNames ? { dataset } : {}),
      ...(options.filePaths ? { file } : {}),
      setId: set.id,
    })),
  };
}

function isUniform(slices: readonly number[], list: SliceList, decided: Int32Array): boolean {
  const [first] = slices;
  return slices.every(
    (slice) =>
      list.label[slice] === list.label[first] &&
      list.source[slice] === list.source[first] &&
      decided[slice] === decided[first],
  );
}

/** A row of several files could not name them. */
function spansFiles(slices: readonly number[], pathOf: (slice: number) => string | null): boolean {
  const first = pathOf(slices[0]);
  return slices.some((slice) => pathOf(slice) !== first);
}

function commonPath(paths: readonly (string | null)[]): string | null {
  return paths.every((path) => path === paths[0]) ? paths[0] : null;
}
