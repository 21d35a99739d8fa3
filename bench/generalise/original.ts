/** A frame as 16-bit levels of its modality values: what a window can still be drawn from. Pure. */
import type { Frame } from '../../src/core/image/frame.ts';
import { resizer } from '../../src/core/image/resize.ts';
import { cleanValues } from '../../src/core/image/scale.ts';

/** Pixels of a side: one and a half times an input of 128, so that cropping finds detail. */
export const ORIGINAL_SIDE = 192;

export type Original = {
  levels: Uint16Array;
  /** The modality value of a level is low + level · step. */
  low: number;
  step: number;
};

const resize = resizer(ORIGINAL_SIDE, true);

/** Area means, aspect ratio ignored as by the app. Null for a frame without an image. */
export function originalOf(frame: Frame): Original | null {
  const values = cleanValues(frame);
  if (!values) return null;
  const means = resize(values, frame.rows, frame.columns);
  const { slope, intercept } = frame;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const mean of means) {
    const value = mean * slope + intercept;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low) || !Number.isFinite(high - low)) return null;
  const step = (high - low) / 65535;
  const levels = Uint16Array.from(means, (mean) => Math.round((mean * slope + intercept - low) / step));
  return { levels, low, step };
}

/** Air of −1000 HU that some scanners cut off or reconstruct noisily. */
const AIR_HU = -500;
/** Soft tissue. */
const TISSUE_HU = 20;

/** Whether a CT slice is in Hounsfield units, not in those of a picture somebody exported: it then reaches from air to tissue. */
export function isHounsfield({ low, step }: Pick<Original, 'low' | 'step'>): boolean {
  return low <= AIR_HU && low + 65535 * step >= TISSUE_HU;
}
