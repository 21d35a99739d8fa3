/** A project's options for reading files, and what a change of the label map does to slices that are stored. */
import { DEFAULT_LABEL_MAP, labelOfModality } from '../dicom/series.ts';
import type { IngestOptions, Reading } from '../protocol.ts';
import { LABEL_SOURCES, LABELS } from '../types.ts';
import type { ShardIndex } from './shard.ts';

/** The paper's way to make slices: bilinear without antialiasing, and every pixel counts. */
export const PAPER_READING: Reading = { antialias: false, padding: 'include' };

/** The paper's, CR, DX and MG as XR among it, but for padding: what fills a frame is none of its image. */
export const DEFAULT_OPTIONS: IngestOptions = {
  ...PAPER_READING,
  padding: 'exclude',
  labelMap: { ...DEFAULT_LABEL_MAP },
};

/** What may stand for a modality in a label map: DICOM's code strings (PS3.5 6.2, CS). */
export const MODALITY_CODE = /^[A-Z0-9_ ]{1,16}$/;

const TAG = LABEL_SOURCES.indexOf('tag');

/**
 * Labels those of a shard's slices anew, in place, that their series' DICOM tag had labelled; labels of folders,
 * users and models stay. The old map brings the old labels back.
 * @returns whether anything changed
 */
export function relabel(index: ShardIndex, labelMap: IngestOptions['labelMap']): boolean {
  const mapped = index.series.map(({ modalityTag }) =>
    LABELS.indexOf(labelOfModality(modalityTag ?? '', labelMap)),
  );
  let changed = false;
  for (let row = 0; row < index.count; row++) {
    const label = mapped[index.seriesOf[row]];
    if (index.source[row] !== TAG || index.label[row] === label) continue;
    index.label[row] = label;
    changed = true;
  }
  return changed;
}

/** Whether slices are made as in the paper. */
export function isPaperReading({ antialias, padding }: Reading): boolean {
  return antialias === PAPER_READING.antialias && padding === PAPER_READING.padding;
}

/** Whether two maps say the same of every code. */
export function sameMap(a: IngestOptions['labelMap'], b: IngestOptions['labelMap']): boolean {
  const codes = Object.keys({ ...a, ...b });
  return codes.every((code) => labelOfModality(code, a) === labelOfModality(code, b));
}
