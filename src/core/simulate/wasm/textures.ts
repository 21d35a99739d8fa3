/** Differences of tissues from their means: two reads of smooth noise per voxel. */

import { noise, setCorner, setTile } from './noise';

/**
 * `tissues` holds a number for each of ni · nj · nk voxels, `texture` gets their textures, −127 … 127. `table` has for
 * each tissue the cells of noise per mm along x, y, z of the fine part, the cells per mm of the coarse part, and the
 * weights of both. `steps` has the place of the first voxel and the steps along i, j and k, mm. The tile, 64³, begins
 * at the corner.
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
  setTile(tiles);
  setCorner(cornerX, cornerY, cornerZ);
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
        // Rounds to the nearest; a conversion truncates towards zero.
        store<i8>(texture + at, <i32>(sum < 0 ? sum - 0.5 : sum + 0.5));
      }
    }
  }
}
