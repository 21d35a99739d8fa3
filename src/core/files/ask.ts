/** What is wanted of a file instead of all its slices, and what comes back. */

/** Slices of a series, or of a file that has no header of its own, that are looked at first. */
export const GLANCE = 9;

/** What a file says before its pixels are decoded. */
export type Opened = {
  frames: number;
  instanceNumber: number | null;
  /** Along the normal of its plane, in mm. */
  position: number | null;
};

/** What is wanted of a file: what it says before its pixels, or these frames. */
export type Ask = 'beginning' | { frames: readonly number[] };
