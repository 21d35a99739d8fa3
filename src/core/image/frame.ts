/** One image as its file stores it. */
import type { Numbers } from '../bytes/numbers.ts';

/**
 * One image: `rows`·`columns` stored numbers, row major, one channel (colour is luminance already).
 * The modality value of a pixel is `values[i] * slope + intercept`. A negative slope is also how
 * MONOCHROME1 is turned into MONOCHROME2's polarity, so the map's sign must be honoured.
 */
export type Frame = {
  index: number;
  rows: number;
  columns: number;
  values: Numbers;
  slope: number;
  intercept: number;
  /** Stored numbers from `low` to `high` are padding and take no part in min-max. */
  padding?: { low: number; high: number };
  /** Whether the file has colours (colourful.ts); absent where that was not asked. */
  colourful?: boolean;
  /** DICOM InstanceNumber; null where there is none. */
  instanceNumber: number | null;
};

/**
 * Whether pixels that DICOM marks as padding take part in min-max. `include` is the paper's exact preprocessing, which
 * ignored that element.
 */
export type Padding = 'exclude' | 'include';
