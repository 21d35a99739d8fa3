/** The painter's loops (src/core/simulate/paint.ts), with the same bits. */
import { setTile } from './noise';
import { tissueBy } from './rules';
import { distance, setShapes } from './shapes';

/** Calls JavaScript for the tissue at a point inside a shape; −1 keeps the existing tissue. */
declare function ask(rule: i32, x: f64, y: f64, z: f64, depth: f64): i32;

/** Bands of depth; a rule for each voxel; a rule that needs no depth. */
const BANDS = 0;
const DEEP = 2;

let words: usize = 0;
let out: usize = 0;
let first: i32 = 0;
let last: i32 = 0;

/** The range of `count` steps along an axis that may meet a box: sets `first` and `last`. */
function span(
  mx: f64,
  my: f64,
  mz: f64,
  rx: f64,
  ry: f64,
  rz: f64,
  axis: usize,
  step: f64,
  count: i32,
): void {
  const ax = load<f64>(axis);
  const ay = load<f64>(axis, 8);
  const az = load<f64>(axis, 16);
  const at = mx * ax + my * ay + mz * az;
  const reach = rx * abs<f64>(ax) + ry * abs<f64>(ay) + rz * abs<f64>(az) + 1e-6;
  const low = max<f64>(0, ceil<f64>((at - reach) / step));
  const high = min<f64>(<f64>(count - 1), floor<f64>((at + reach) / step));
  first = low > high ? 1 : <i32>low;
  last = low > high ? 0 : <i32>high;
}

let begin: f64 = 0;
let end: f64 = 0;

/** The part of a row, in voxels, with places within `reach` of `centre` along one direction. */
function clip(centre: f64, reach: f64, step: f64): void {
  if (abs<f64>(step) < 1e-9) {
    if (abs<f64>(centre) > reach + 1e-6) end = -1;
    return;
  }
  const at = centre / step;
  const width = reach / abs<f64>(step);
  begin = max<f64>(begin, ceil<f64>(at - width - 1e-6));
  end = min<f64>(end, floor<f64>(at + width + 1e-6));
}

/**
 * Paints into `tissue`, a number for each voxel, one paint after the other. `numbers` holds shapes and paints
 * (src/core/simulate/painter.ts); its entries `from` up to `to` are the places of the paints in it. `grid`: the count
 * of voxels along i, j, k; the place of the first; the unit vectors of i, j, k; the steps along them; the low and the
 * high corner of the painted range; the vector that counts slices (`deep` of the painter).
 */
export function paint(numbers: usize, from: i32, to: i32, grid: usize, tile: usize, tissue: usize): void {
  setTile(tile);
  setShapes(numbers);
  words = numbers;
  out = tissue;
  for (let n = from; n < to; n++) {
    const at = <usize>load<f64>(numbers + ((<usize>n) << 3));
    paintBox(numbers + (at << 3), grid);
  }
}

/** Paints the part of the grid inside the paint's box. */
function paintBox(one: usize, grid: usize): void {
  const lx = max<f64>(load<f64>(one, 16), load<f64>(grid, 144));
  const ly = max<f64>(load<f64>(one, 24), load<f64>(grid, 152));
  const lz = max<f64>(load<f64>(one, 32), load<f64>(grid, 160));
  const hx = min<f64>(load<f64>(one, 40), load<f64>(grid, 168));
  const hy = min<f64>(load<f64>(one, 48), load<f64>(grid, 176));
  const hz = min<f64>(load<f64>(one, 56), load<f64>(grid, 184));
  if (lx > hx || ly > hy || lz > hz) return;
  const ox = load<f64>(grid, 24);
  const oy = load<f64>(grid, 32);
  const oz = load<f64>(grid, 40);
  const mx = (lx + hx) / 2 - ox;
  const my = (ly + hy) / 2 - oy;
  const mz = (lz + hz) / 2 - oz;
  const rx = (hx - lx) / 2;
  const ry = (hy - ly) / 2;
  const rz = (hz - lz) / 2;
  const ni = <i32>load<f64>(grid);
  const nj = <i32>load<f64>(grid, 8);
  const nk = <i32>load<f64>(grid, 16);
  const along = grid + 48;
  const down = grid + 72;
  const deep = grid + 96;
  const si = load<f64>(grid, 120);
  const sj = load<f64>(grid, 128);
  const sk = load<f64>(grid, 136);
  const dx = load<f64>(along) * si;
  const dy = load<f64>(along, 8) * si;
  const dz = load<f64>(along, 16) * si;
  span(mx, my, mz, rx, ry, rz, grid + 192, sk, nk);
  const k1 = last;
  for (let k = first; k <= k1; k++) {
    const cx = <f64>k * sk * load<f64>(deep);
    const cy = <f64>k * sk * load<f64>(deep, 8);
    const cz = <f64>k * sk * load<f64>(deep, 16);
    span(mx - cx, my - cy, mz - cz, rx, ry, rz, down, sj, nj);
    const j1 = last;
    for (let j = first; j <= j1; j++) {
      const x = cx + <f64>j * sj * load<f64>(down);
      const y = cy + <f64>j * sj * load<f64>(down, 8);
      const z = cz + <f64>j * sj * load<f64>(down, 16);
      begin = 0;
      end = <f64>(ni - 1);
      clip(mx - x, rx, dx);
      clip(my - y, ry, dy);
      clip(mz - z, rz, dz);
      if (begin > end) continue;
      paintRow(one, ox + x, oy + y, oz + z, dx, dy, dz, si, (k * nj + j) * ni, <i32>begin, <i32>end);
    }
  }
}

/** Number of voxels within a distance, at least one and `most` at most. */
function voxels(distance: f64, safe: f64, most: i32): i32 {
  return <i32>min<f64>(max<f64>(floor<f64>(distance * safe), 1), <f64>most);
}

/** The tissue from the rule's numbers, or from a call to JavaScript. */
function tissueOf(one: usize, x: f64, y: f64, z: f64, depth: f64): i32 {
  const own = <i32>load<f64>(one, 96);
  if (own >= 0) return tissueBy(words + ((<usize>own) << 3), x, y, z, depth);
  return ask(<i32>load<f64>(one, 88), x, y, z, depth);
}

/** Paints voxels `from` … `to` of one row, skipping voxels whose distance excludes a surface. */
function paintRow(
  one: usize,
  x0: f64,
  y0: f64,
  z0: f64,
  dx: f64,
  dy: f64,
  dz: f64,
  step: f64,
  row: i32,
  from: i32,
  to: i32,
): void {
  const shape = <i32>load<f64>(one);
  const safe = 1 / (load<f64>(one, 8) * step);
  const mask = <i32>load<f64>(one, 64);
  const over: usize = mask < 0 ? 0 : words + ((<usize>mask) << 3);
  const mode = <i32>load<f64>(one, 72);
  const within = load<f64>(one, 80);
  const bands = <i32>load<f64>(one, 104);
  const band = one + 112;
  const line = out + <usize>row;
  let i = from;
  while (i <= to) {
    if (over !== 0 && load<f64>(over + ((<usize>load<u8>(line + <usize>i)) << 3)) === 0) {
      i++;
      continue;
    }
    const x = x0 + <f64>i * dx;
    const y = y0 + <f64>i * dy;
    const z = z0 + <f64>i * dz;
    const d = distance(shape, x, y, z);
    const left = to + 1 - i;
    if (d > 0) {
      i += voxels(d, safe, left);
    } else if (d < -within) {
      i += voxels(-within - d, safe, left);
    } else if (mode !== BANDS) {
      const tissue = tissueOf(one, x, y, z, d);
      if (tissue >= 0) store<u8>(line + <usize>i, tissue);
      const until = i + (mode === DEEP ? voxels(-d, safe, left) : 1);
      for (i++; i < until; i++) {
        if (over !== 0 && load<f64>(over + ((<usize>load<u8>(line + <usize>i)) << 3)) === 0) continue;
        const next = tissueOf(one, x0 + <f64>i * dx, y0 + <f64>i * dy, z0 + <f64>i * dz, d);
        if (next >= 0) store<u8>(line + <usize>i, next);
      }
    } else {
      // The band at this depth, and the distance to its edges.
      let b = 0;
      while (b + 1 < bands && -d >= load<f64>(band + ((<usize>(b + 1)) << 4))) b++;
      let room = -d - load<f64>(band + ((<usize>b) << 4));
      if (b + 1 < bands) room = min<f64>(room, load<f64>(band + ((<usize>(b + 1)) << 4)) + d);
      const until = i + voxels(room, safe, left);
      const tissue = <i32>load<f64>(band + ((<usize>b) << 4), 8);
      if (tissue < 0) {
        i = until;
      } else if (over !== 0) {
        for (; i < until; i++) {
          if (load<f64>(over + ((<usize>load<u8>(line + <usize>i)) << 3)) !== 0)
            store<u8>(line + <usize>i, tissue);
        }
      } else {
        memory.fill(line + <usize>i, <u8>tissue, <usize>(until - i));
        i = until;
      }
    }
  }
}
