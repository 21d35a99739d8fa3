/** A project's options for reading files, and what a change of the label map does to slices that are stored. */
import { DEFAULT_LABEL_MAP, labelOfModality } from '../dicom/series.ts';
import type { Padding } from '../image/frame.ts';
import { PAPER_PREPROCESSING, type Preprocessing } from '../image/preprocessing.ts';
import { LABEL_SOURCES, LABELS, type Label } from '../types.ts';
import type { ShardIndex } from './shard.ts';

/** Options of a project's preprocessing. Changing them concerns later drops only. */
export type IngestOptions = {
  /** Area averaging instead of the paper's plain bilinear. */
  antialias: boolean;
  /** Pixels that DICOM calls padding: left out of min-max, or counted like any other. */
  padding: Padding;
  /** DICOM Modality → label, e.g. `{ CR: 'XR' }`; see core/dicom. */
  labelMap: Record<string, Label>;
};

/** The paper's, CR, DX and MG as XR among it, but for padding: what fills a frame is none of its image. */
export const DEFAULT_OPTIONS: IngestOptions = {
  ...PAPER_PREPROCESSING,
  padding: 'exclude',
  labelMap: { ...DEFAULT_LABEL_MAP },
};

const TAG = LABEL_SOURCES.indexOf('tag');
const FOLDER = LABEL_SOURCES.indexOf('folder');

/**
 * Labels those of a shard's slices anew, in place, that their series' DICOM tag had labelled; labels of folders,
 * users and models stay. The old map brings the old labels back.
 * @returns whether anything changed
 */
export function relabel(index: ShardIndex, labelMap: IngestOptions['labelMap']): boolean {
  return mapRows(index, labelMap, (row) => index.source[row] === TAG);
}

/**
 * Labels by their tag, in place, those of a shard's slices that a folder had labelled although they have one, as
 * earlier versions did. Labels of users and models stay.
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

/** Whether slices are made as in the paper. */
export function isPaperPreprocessing({ antialias, padding }: Preprocessing): boolean {
  return antialias === PAPER_PREPROCESSING.antialias && padding === PAPER_PREPROCESSING.padding;
}

/** Whether two maps say the same of every code. */
export function sameMap(a: IngestOptions['labelMap'], b: IngestOptions['labelMap']): boolean {
  const codes = Object.keys({ ...a, ...b });
  return codes.every((code) => labelOfModality(code, a) === labelOfModality(code, b));
}
