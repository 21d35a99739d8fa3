/** Converts numbers to overlay colours: sequential (0 to high) or diverging (falls to rises). */
import type { Explained } from '../../core/explain/gradcam.ts';
import type { Occluded } from '../../core/explain/occlusion.ts';
import { resizer } from '../../core/image/resize.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../core/types.ts';

export type Heat = {
  rows: number;
  columns: number;
  values: Float32Array;
  /** Both ends of the colour bar; `low` is 0, or −high for a diverging scale. */
  low: number;
  high: number;
};

type Colour = readonly [red: number, green: number, blue: number];

/** Dark to light, safe for colour-blind eyes: stops of matplotlib's inferno. */
const ONE_SIDED: readonly Colour[] = [
  [87, 16, 110],
  [158, 42, 99],
  [212, 72, 66],
  [245, 125, 21],
  [250, 193, 39],
  [252, 255, 164],
];
/** Blue below, orange above (Okabe–Ito); the middle is clear. */
const BELOW: Colour = [86, 180, 233];
const ABOVE: Colour = [240, 140, 0];
/** From this share of the scale on the overlay is as opaque as the slider says; diverging scales vary only in opacity. */
const SOLID = { oneSided: 0.5, twoSided: 1 };

export function camHeat({ rows, columns, cams }: Explained, c: number): Heat {
  const values = cams[c];
  return { rows, columns, values, low: 0, high: largest(values) };
}

/** Falls below a hundredth are not scaled up to full colour. */
export function occlusionHeat({ rows, columns, drops }: Occluded, c: number): Heat {
  const high = Math.max(0.01, largest(drops[c]));
  return { rows, columns, values: drops[c], low: -high, high };
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Red, green, blue and alpha, all 0–255, for a value as a share of the scale, −1 to 1. */
export function colourOf(share: number, twoSided: boolean): [number, number, number, number] {
  const strength = Math.min(1, Math.abs(share));
  const cover = 255 * Math.min(1, strength / (twoSided ? SOLID.twoSided : SOLID.oneSided));
  if (twoSided) return [...(share < 0 ? BELOW : ABOVE), cover];
  const at = strength * (ONE_SIDED.length - 1);
  const [from, to] = [ONE_SIDED[Math.floor(at)], ONE_SIDED[Math.ceil(at)]];
  const mixed = from.map((value, i) => value + (to[i] - value) * (at - Math.floor(at)));
  return [mixed[0], mixed[1], mixed[2], cover];
}

/** SLICE_SIDE×SLICE_SIDE RGBA, smoothed between the cells. */
export function paintHeat({ rows, columns, values, low, high }: Heat): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(SLICE_BYTES * 4);
  if (high <= 0) return rgba;
  const large = resizer(SLICE_SIDE, false)(values, rows, columns);
  for (let i = 0; i < SLICE_BYTES; i++) rgba.set(colourOf(large[i] / high, low < 0), i * 4);
  return rgba;
}
