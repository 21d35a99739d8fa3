/** A project's options for reading files. */
import type { Padding } from '../image/frame.ts';
import { PAPER_PREPROCESSING, type Preprocessing } from '../image/preprocessing.ts';

/** Options of a project's preprocessing. Changes affect later drops only. */
export type IngestOptions = {
  /** Area averaging instead of the paper's plain bilinear. */
  antialias: boolean;
  /** Pixels that DICOM calls padding: excluded from min-max, or counted like any other pixel. */
  padding: Padding;
};

/** The paper's defaults, except that padding is excluded. */
export const DEFAULT_OPTIONS: IngestOptions = {
  ...PAPER_PREPROCESSING,
  padding: 'exclude',
};

/** Whether slices are preprocessed as in the paper. */
export function isPaperPreprocessing({ antialias, padding }: Preprocessing): boolean {
  return antialias === PAPER_PREPROCESSING.antialias && padding === PAPER_PREPROCESSING.padding;
}
