/** Smooth noise from a repeating tile (src/core/simulate/noise.ts). */

const MASK = 63;

let tile: usize = 0;
let ox = 0;
let oy = 0;
let oz = 0;

/** `tiles` holds 64³ numbers, [z][y][x]. */
export function setTile(tiles: usize): void {
  tile = tiles;
}

/** Position of the next read in the tile, in cells. */
export function setCorner(x: i32, y: i32, z: i32): void {
  ox = x;
  oy = y;
  oz = z;
}

function value(z: i32, y: i32, x: i32): f64 {
  return <f64>load<f32>(tile + ((<usize>(((z & MASK) << 12) | ((y & MASK) << 6) | (x & MASK))) << 2));
}

/** Trilinear interpolation in the tile; the place is in cells. */
export function noise(x: f64, y: f64, z: f64): f64 {
  const fx = floor<f64>(x);
  const fy = floor<f64>(y);
  const fz = floor<f64>(z);
  const u = x - fx;
  const v = y - fy;
  const w = z - fz;
  const i = <i32>fx + ox;
  const j = <i32>fy + oy;
  const k = <i32>fz + oz;
  const a = value(k, j, i);
  const b = value(k, j + 1, i);
  const c = value(k + 1, j, i);
  const d = value(k + 1, j + 1, i);
  const p = a + (value(k, j, i + 1) - a) * u;
  const q = b + (value(k, j + 1, i + 1) - b) * u;
  const r = c + (value(k + 1, j, i + 1) - c) * u;
  const s = d + (value(k + 1, j + 1, i + 1) - d) * u;
  const front = p + (q - p) * v;
  return front + (r + (s - r) * v - front) * w;
}
