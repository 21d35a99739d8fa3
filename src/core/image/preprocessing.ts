/** How a frame becomes a slice. */
import type { Padding } from './frame.ts';

/** The project options that decide how a slice looks. */
export type Preprocessing = {
  /** Area averaging instead of the paper's plain bilinear. */
  antialias: boolean;
  /** Pixels that DICOM calls padding: excluded from min-max, or counted like any other pixel. */
  padding: Padding;
};

/** The paper's way to make slices: bilinear without antialiasing, and every pixel counts. */
export const PAPER_PREPROCESSING: Preprocessing = { antialias: false, padding: 'include' };
