/** A project's options for reading files, and how a change of the label map affects stored slices. */
import { DEFAULT_LABEL_MAP, labelOfModality } from '../dicom/series.ts';
import type { Padding } from '../image/frame.ts';
import { PAPER_PREPROCESSING, type Preprocessing } from '../image/preprocessing.ts';
import { LABEL_SOURCES, LABELS, type Label } from '../types.ts';
import type { ShardIndex } from './shard.ts';

/** Options of a project's preprocessing. Changes affect later drops only. */
export type IngestOptions = {
  /** Area averaging instead of the paper's plain bilinear. */
  antialias: boolean;
  /** Pixels that DICOM calls padding: excluded from min-max, or counted like any other pixel. */
  padding: Padding;
  /** DICOM Modality → label, e.g. `{ CR: 'XR' }`; see core/dicom. */
  labelMap: Record<string, Label>;
};

/** The paper's defaults (CR, DX, MG → XR), except that padding is excluded. */
export const DEFAULT_OPTIONS: IngestOptions = {
  ...PAPER_PREPROCESSING,
  padding: 'exclude',
  labelMap: { ...DEFAULT_LABEL_MAP },
};

const TAG = LABEL_SOURCES.indexOf('tag');
const FOLDER = LABEL_SOURCES.indexOf('folder');

/**
 * Relabels, in place, the slices of a shard that were labelled by their series' DICOM tag; labels from folders, users
 * and models stay. The old map restores the old labels.
 * @returns whether anything changed
 */
export function relabel(index: ShardIndex, labelMap: IngestOptions['labelMap']): boolean {
  return mapRows(index, labelMap, (row) => index.source[row] === TAG);
}

/**
 * Relabels by tag, in place, the slices of a shard that have a tag but were labelled by a folder, as in earlier
 * versions. Labels from users and models stay.
 * @returns whether anything changed
 */
export function followTags(index: ShardIndex, labelMap: IngestOptions['labelMap']): boolean {
  const tagged = index.series.map(({ modalityTag }) => modalityTag !== null);
  return mapRows(index, labelMap, (row) => index.source[row] === FOLDER && tagged[index.seriesOf[row]]);
}

function mapRows(
  index: ShardIndex,
  labelMap: IngestOptions['labelMap'],
  applies: (row: number) => boolean,
): boolean {
  const mapped = index.series.map(({ modalityTag }) =>
    LABELS.indexOf(labelOfModality(modalityTag ?? '', labelMap)),
  );
  let changed = false;
  for (let row = 0; row < index.count; row++) {
    const label = mapped[index.seriesOf[row]];
    if (!applies(row) || (index.label[row] === label && index.source[row] === TAG)) continue;
    index.label[row] = label;
    index.source[row] = TAG;
    changed = true;
  }
  return changed;
}

/** Whether slices are preprocessed as in the paper. */
export function isPaperPreprocessing({ antialias, padding }: Preprocessing): boolean {
  return antialias === PAPER_PREPROCESSING.antialias && padding === PAPER_PREPROCESSING.padding;
}

/** Whether two maps agree on every code. */
export function sameMap(a: IngestOptions['labelMap'], b: IngestOptions['labelMap']): boolean {
  const codes = Object.keys({ ...a, ...b });
  return codes.every((code) => labelOfModality(code, a) === labelOfModality(code, b));
}
