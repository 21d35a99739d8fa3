/** The pixels of a series: the numbers of each frame, and how to interpret them. */
import type { StoredFrame } from '../../dicom/write/compress.ts';

export type StoredSlice = {
  values: StoredFrame;
  /** Value = stored · slope + intercept. */
  slope: number;
  intercept: number;
  /** Windows in values after rescale; several are allowed. */
  windows: readonly { centre: number; width: number; explanation?: string }[];
};

export type Stored = {
  slices: readonly StoredSlice[];
  bitsAllocated: 8 | 16;
  bitsStored: number;
  signed: boolean;
  photometric: 'MONOCHROME1' | 'MONOCHROME2';
  /** A stored number; null: none. */
  padding: number | null;
};
