/** Progress and file reports of a job that reads files. */
import type { RemarkCode } from '../remarks.ts';
import type { SkipCode } from '../skip.ts';

/**
 * A skipped file, or a partly skipped one with other frames read. `path` and `dataset` are for the page's memory
 * only.
 */
export type SkippedFile = FileLine<SkipCode> & { partial: boolean };

/** A remark on a file that was read. */
export type RemarkedFile = FileLine<RemarkCode>;

type FileLine<Code> = { path: string; dataset: string; code: Code; reason: string; next: string };

/** Running figures of an ingest or classify job, sent at least every 200 ms while one runs. */
export type JobProgress = {
  /** Processed files: the sum of `read`, `other`, `described` and `skipped` (ingest/outcome.ts). */
  files: number;
  read: number;
  other: number;
  described: number;
  skipped: number;
  /** Files known so far; grows while folders are walked and archives opened. */
  filesTotal: number;
  bytes: number;
  bytesTotal: number;
  slices: number;
  /** Slices that are still to be looked at, as far as is known, once files are only glanced at. */
  looksLeft?: number;
  /** Slices already in the project. */
  known: number;
};
