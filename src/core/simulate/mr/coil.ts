/** Sensitivity of the receive coil over the body. */
import type { Body, Vec3 } from '../volume.ts';
import type { MrProtocol } from './protocol.ts';

/**
 * A coil around or beside a body. Numbers, not a function: functions that are made for each series are compiled again
 * for each, and put their numbers on the heap until then.
 */
export type Coil = {
  /** Middle and half size of the body's box, mm. */
  middle: Vec3;
  half: Vec3;
  /** y of a loop's plane, mm; null: a volume or body coil. */
  surface: number | null;
  /** How much stronger the middle is than the rim, and the same by the shortness of waves. */
  centre: number;
  wave: number;
  /** Whether the coil's upper end is open. */
  head: boolean;
};

export function coilOf(body: Body, { coil, field }: MrProtocol): Coil {
  const { low, high } = body.bounds;
  const front = body.region === 'breast';
  const size = (d: 0 | 1 | 2) => Math.max(1, (high[d] - low[d]) / 2);
  const at = (d: 0 | 1 | 2) => (high[d] + low[d]) / 2;
  return {
    middle: [at(0), at(1), at(2)],
    half: [size(0), size(1), size(2)],
    // Behind the back, or in front of a breast.
    surface: coil === 'surface' ? (front ? low[1] : high[1]) : null,
    // At 3 T waves are as short as the body, so its middle is bright. Volume coils are bright near their elements.
    centre: coil === 'body' ? 0.02 : -0.14,
    wave: field === 3 ? 0.22 : 0.04,
    head: body.region === 'head',
  };
}

/**
 * Fills in the factors on the signal at `out.length` places of a row, mm from each other by `step`; about 1 in the
 * middle of a volume coil.
 */
export function sensitivity(coil: Coil, out: Float64Array, [x, y, z]: Vec3, [dx, dy, dz]: Vec3): void {
  const { middle, half, surface, centre, wave, head } = coil;
  if (surface === null)
    around(
      out,
      x,
      y,
      z,
      dx,
      dy,
      dz,
      middle[0],
      middle[1],
      middle[2],
      half[0],
      half[1],
      half[2],
      centre,
      wave,
      head,
    );
  else beside(out, x, y, z, dx, dy, dz, surface, middle[0], middle[2]);
}

/** Radius of a loop, mm: its range equals its width (Haase, Concepts MR 2000, 12: 361). */
const RADIUS = 105;

function beside(
  out: Float64Array,
  x0: number,
  y0: number,
  z0: number,
  dx: number,
  dy: number,
  dz: number,
  surface: number,
  middleX: number,
  middleZ: number,
): void {
  let [x, y, z] = [x0, y0, z0];
  for (let i = 0; i < out.length; i++, x += dx, y += dy, z += dz) {
    const depth = Math.abs(surface - y) + 12;
    const aside = ((x - middleX) / 160) ** 2 + ((z - middleZ) / 260) ** 2;
    out[i] = 0.25 + 1.7 / ((1 + (depth / RADIUS) ** 2) ** 1.5 * (1 + aside));
  }
}

function around(
  out: Float64Array,
  x0: number,
  y0: number,
  z0: number,
  dx: number,
  dy: number,
  dz: number,
  middleX: number,
  middleY: number,
  middleZ: number,
  halfX: number,
  halfY: number,
  halfZ: number,
  centre: number,
  wave: number,
  head: boolean,
): void {
  let [x, y, z] = [x0, y0, z0];
  for (let i = 0; i < out.length; i++, x += dx, y += dy, z += dz) {
    const u = (x - middleX) / halfX;
    const v = (y - middleY) / halfY;
    const w = (z - middleZ) / halfZ;
    const far = Math.min(2, u * u + v * v);
    const bias = 0.05 * u - 0.06 * v;
    const along = 1 - 0.12 * Math.min(1.5, w * w);
    // The coil ends where the body continues beyond the simulated part, so that no picture shows a cut-off patient.
    const end = Math.min(1, Math.max(0, ((head ? -w : Math.abs(w)) - 0.78) / 0.22));
    const left = 1 - 0.92 * end * end * (3 - 2 * end);
    out[i] = (1 - centre * (far - 0.5) - wave * (far - 0.4) * 0.6 + bias) * along * left;
  }
}
