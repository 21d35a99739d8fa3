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

/** A cell of the tile and its neighbour along x. */
function pair(row: i32, x: i32): v128 {
  const at = tile + ((<usize>(row | x)) << 2);
  if (x < MASK) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  const last = f64x2.splat(<f64>load<f32>(at));
  return f64x2.replace_lane(last, 1, <f64>load<f32>(tile + ((<usize>row) << 2)));
}

/** Trilinear interpolation in the tile; the place is in cells. */
export function noise(x: f64, y: f64, z: f64): f64 {
  const fx = floor<f64>(x);
  const fy = floor<f64>(y);
  const fz = floor<f64>(z);
  const i = (<i32>fx + ox) & MASK;
  const j = <i32>fy + oy;
  const k = <i32>fz + oz;
  const y0 = (j & MASK) << 6;
  const y1 = ((j + 1) & MASK) << 6;
  const z0 = (k & MASK) << 12;
  const z1 = ((k + 1) & MASK) << 12;
  // The lanes of a vector: the plane in front and the plane behind.
  const a = pair(z0 | y0, i);
  const b = pair(z0 | y1, i);
  const c = pair(z1 | y0, i);
  const d = pair(z1 | y1, i);
  const u = f64x2.splat(x - fx);
  const ac = v128.shuffle<f64>(a, c, 0, 2);
  const bd = v128.shuffle<f64>(b, d, 0, 2);
  const above = f64x2.add(ac, f64x2.mul(f64x2.sub(v128.shuffle<f64>(a, c, 1, 3), ac), u));
  const below = f64x2.add(bd, f64x2.mul(f64x2.sub(v128.shuffle<f64>(b, d, 1, 3), bd), u));
  const planes = f64x2.add(above, f64x2.mul(f64x2.sub(below, above), f64x2.splat(y - fy)));
  const front = f64x2.extract_lane(planes, 0);
  return front + (f64x2.extract_lane(planes, 1) - front) * (z - fz);
}
