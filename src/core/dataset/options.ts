/** A project's options for reading files. */
import { DEFAULT_LABEL_MAP, labelOfModality } from '../dicom/series.ts';
import type { Padding } from '../image/frame.ts';
import { PAPER_PREPROCESSING, type Preprocessing } from '../image/preprocessing.ts';
import type { Label } from '../types.ts';

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

/** Whether slices are preprocessed as in the paper. */
export function isPaperPreprocessing({ antialias, padding }: Preprocessing): boolean {
  return antialias === PAPER_PREPROCESSING.antialias && padding === PAPER_PREPROCESSING.padding;
}

/** Whether two maps agree on every code. */
export function sameMap(a: IngestOptions['labelMap'], b: IngestOptions['labelMap']): boolean {
  const codes = Object.keys({ ...a, ...b });
  return codes.every((code) => labelOfModality(code, a) === labelOfModality(code, b));
}
