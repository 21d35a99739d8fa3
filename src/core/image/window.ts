/** Window and level: which modality values are shown from black to white (PS3.3 C.11.2.1.2 and .3). */

/**
 * Without a shape it is DICOM's LINEAR_EXACT, since PET and NIfTI have fractions. Files may request another:
 * `linear`, which is meant for integers and is half a step off, or `sigmoid`, which nears black and white slowly.
 */
export type Window = { centre: number; width: number; shape?: 'linear' | 'sigmoid' };
export type Range = { low: number; high: number };

/** The window that shows `low` black and `high` white. */
export function windowOf({ low, high }: Range): Window {
  return { centre: (low + high) / 2, width: high - low };
}

/** The values where black ends and white begins; for a sigmoid, where its linear middle part would reach them. */
export function windowEnds({ centre, width, shape }: Window): Range {
  const low = centre - width / 2;
  return { low, high: low + Math.max(0, width - stepOf(shape)) };
}

/** Gray value 0–255 of a modality value, not rounded. A window of width 0 splits at its centre. */
export function windowed(value: number, { centre, width, shape }: Window): number {
  const step = stepOf(shape);
  const [middle, span] = [centre - step / 2, width - step];
  if (span <= 0) return value < middle || (step > 0 && value === middle) ? 0 : 255;
  if (shape === 'sigmoid') return 255 / (1 + Math.exp((-4 * (value - middle)) / span));
  return Math.min(255, Math.max(0, ((value - middle) / span + 0.5) * 255));
}

/** `linear` counts values, so there is one step less between the ends: width 400 at 40 is −160 to 239. */
function stepOf(shape: Window['shape']): number {
  return shape === 'linear' ? 1 : 0;
}

/** A drag of 512 pixels crosses the image's own range, so that it feels alike for CT, PET and 8 bit. */
export function draggedWindow(from: Window, dx: number, dy: number, range: Range): Window {
  const perPixel = (range.high - range.low) / 512;
  const width = Math.max(perPixel, from.width + dx * perPixel);
  return { ...from, centre: from.centre + dy * perPixel, width };
}

/** Windows for the Hounsfield scale, as common in viewers. */
export const CT_WINDOWS = {
  'soft tissue': { centre: 40, width: 400 },
  lung: { centre: -600, width: 1500 },
  bone: { centre: 480, width: 2500 },
  brain: { centre: 40, width: 80 },
} as const satisfies Record<string, Window>;
