/**
 * Window and level: which modality values are shown from black to white. The exact linear function of DICOM (PS3.3
 * C.11.2.1.3.2) rather than the one for integers, since PET and NIfTI have fractions.
 */

export type Window = { centre: number; width: number };
export type Range = { low: number; high: number };

/** The window that shows `low` black and `high` white. */
export function windowOf({ low, high }: Range): Window {
  return { centre: (low + high) / 2, width: high - low };
}

/** The values at which black ends and white begins. */
export function windowEnds({ centre, width }: Window): Range {
  return { low: centre - width / 2, high: centre + width / 2 };
}

/** Gray value 0–255 of a modality value, not rounded. A window of no width splits at its centre. */
export function windowed(value: number, { centre, width }: Window): number {
  if (width <= 0) return value < centre ? 0 : 255;
  return Math.min(255, Math.max(0, ((value - centre) / width + 0.5) * 255));
}

/** A drag of 512 pixels crosses the image's own range, so that it feels alike for CT, PET and 8 bit. */
export function draggedWindow(from: Window, dx: number, dy: number, range: Range): Window {
  const perPixel = (range.high - range.low) / 512;
  return { centre: from.centre + dy * perPixel, width: Math.max(perPixel, from.width + dx * perPixel) };
}

/** Windows for the Hounsfield scale, as viewers commonly have them. */
export const CT_WINDOWS = {
  'soft tissue': { centre: 40, width: 400 },
  lung: { centre: -600, width: 1500 },
  bone: { centre: 480, width: 2500 },
  brain: { centre: 40, width: 80 },
} as const satisfies Record<string, Window>;
