/** How tissues depart from their means: two readings of smooth noise a voxel. */

const MASK = 63;

let tile: usize = 0;
let ox = 0;
let oy = 0;
let oz = 0;

function value(z: i32, y: i32, x: i32): f64 {
  return <f64>load<f32>(tile + ((<usize>(((z & MASK) << 12) | ((y & MASK) << 6) | (x & MASK))) << 2));
}

/** Trilinear within the repeating tile, place in cells. */
function noise(x: f64, y: f64, z: f64): f64 {
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

/**
 * `tissues` holds a number for each of ni · nj · nk voxels, `textures` takes theirs, −127 … 127. `table` has for each
 * tissue the cells of noise per mm along x, y, z of the fine part, that of the coarse part, and the weights of both.
 * `steps` has the place of the first voxel and the steps along i, j and k, mm. The tile, 64³, begins at the corner.
 */
export function textures(
  tiles: usize,
  table: usize,
  steps: usize,
  tissues: usize,
  texture: usize,
  ni: i32,
  nj: i32,
  nk: i32,
  cornerX: i32,
  cornerY: i32,
  cornerZ: i32,
): void {
  tile = tiles;
  ox = cornerX;
  oy = cornerY;
  oz = cornerZ;
  const ix = load<f64>(steps, 24);
  const iy = load<f64>(steps, 32);
  const iz = load<f64>(steps, 40);
  let at: usize = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const x0 = load<f64>(steps) + <f64>k * load<f64>(steps, 72) + <f64>j * load<f64>(steps, 48);
      const y0 = load<f64>(steps, 8) + <f64>k * load<f64>(steps, 80) + <f64>j * load<f64>(steps, 56);
      const z0 = load<f64>(steps, 16) + <f64>k * load<f64>(steps, 88) + <f64>j * load<f64>(steps, 64);
      for (let i = 0; i < ni; i++, at++) {
        const grain = table + <usize>load<u8>(tissues + at) * 48;
        const fine = load<f64>(grain, 32);
        if (fine === 0) {
          store<i8>(texture + at, 0);
          continue;
        }
        const x = x0 + <f64>i * ix;
        const y = y0 + <f64>i * iy;
        const z = z0 + <f64>i * iz;
        const c = load<f64>(grain, 24);
        const sum =
          fine * noise(x * load<f64>(grain), y * load<f64>(grain, 8), z * load<f64>(grain, 16)) +
          load<f64>(grain, 40) * noise(x * c + 31.7, y * c + 11.3, z * c + 47.9);
        // To the nearest; a conversion cuts towards zero.
        store<i8>(texture + at, <i32>(sum < 0 ? sum - 0.5 : sum + 0.5));
      }
    }
  }
}
