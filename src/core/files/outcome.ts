/** The outcome of a dropped file: every file has exactly one, so that the counts add up to the files. */
import type { Skip } from '../skip.ts';

/**
 * `read`: gave labelled slices. `other`: gave slices, kept without a label. `described`: a description, read for
 * its content. `skipped`: could not be used.
 */
export const OUTCOMES = ['read', 'other', 'described', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A DICOMDIR is not an image by design: it describes the other files of its disk. */
export function isDirectory({ code, detail }: Skip): boolean {
  return code === 'dicom-no-pixels' && detail === 'directory';
}
