/** What became of a file of a drop: every file has one outcome, so that their numbers add up to the files. */
import type { Skip } from '../skip.ts';

/**
 * `read`: gave slices that are labelled. `other`: gave slices, kept as “other”. `described`: a description, read for
 * what it says. `skipped`: could not be used.
 */
export const OUTCOMES = ['read', 'other', 'described', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A DICOMDIR is no image by design: it describes the others of its disk, and is no loss. */
export function isDirectory({ code, detail }: Skip): boolean {
  return code === 'dicom-no-pixels' && detail === 'directory';
}
