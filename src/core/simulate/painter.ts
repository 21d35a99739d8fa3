/** The painter: it paints shapes over each other in order, along the rows of any grid. */
import { answer, floats, type Kernel, keep, kernel, TILE } from './kernel.ts';
import type { Paint } from './paint.ts';
import type { Rule } from './rule.ts';
import { append, emptyLayout, layOut, wordsOf } from './shape/form.ts';
import { cross, dot, type Shape, times } from './shape/shape.ts';
import type { Grid, Vec3 } from './volume.ts';

/**
 * Paints a grid, one paint after the other: `out` gets a tissue for each voxel. `low` and `high` limit the painted
 * range (points outside stay unchanged); `tick` gets the completed share.
 */
export type Painter = (
  grid: Grid,
  out: Uint8Array,
  low: Vec3,
  high: Vec3,
  tick?: (share: number) => void,
) => void;

/** Paints with src/core/simulate/wasm or in plain code; both give the same bits. */
export function makePainter(paints: readonly Paint[], plain = false): Painter {
  let numbers: Numbers | null = null;
  return (grid, out, low, high, tick) => {
    const module = plain ? null : kernel();
    if (!module) {
      for (let n = 0; n < paints.length; n++) {
        paintBox(paints[n], grid, out, low, high);
        tick?.((n + 1) / paints.length);
      }
      return;
    }
    numbers ??= numbersOf(paints);
    paintCompiled(module, numbers, grid, out, low, high, tick);
  };
}

/** Shapes and paints as numbers; the position of the paints' index in them; the callbacks. */
type Numbers = { words: Float64Array; list: number; count: number; asked: Shape[]; rules: Rule[] };

/** Paints between two calls of `tick`. */
const AT_ONCE = 500;

/** Bands of depth; a rule for each voxel; a rule without depth: it needs no distance where the surface is far. */
const [BANDS, EACH, DEEP] = [0, 1, 2];

/**
 * The paints follow the shapes. Each has: place of its shape, slope, box, place of its mask (−1: none), mode, greatest
 * depth of the rule, number of the rule, place of its numbers (−1: none), count of bands, depth and tissue of each.
 */
function numbersOf(paints: readonly Paint[]): Numbers {
  const layout = emptyLayout();
  const { words, asked } = layout;
  const rules: Rule[] = [];
  const masks = new Map<Uint8Array, number>();
  const places: number[] = [];
  for (const { shape, bands = [], rule, numbers, within = Infinity, over } of paints) {
    const at = layOut(shape, layout);
    if (over && !masks.has(over)) {
      masks.set(over, words.length);
      append(words, over);
    }
    const own = numbers ? words.length : -1;
    if (numbers) append(words, numbers);
    places.push(words.length);
    const { low, high } = shape.box;
    append(words, [at, shape.slope]);
    append(words, low);
    append(words, high);
    const mode = rule ? (rule.length < 4 ? DEEP : EACH) : BANDS;
    append(words, [(over && masks.get(over)) ?? -1, mode, rule ? within : Infinity]);
    append(words, [rule ? rules.push(rule) - 1 : -1, own, bands.length]);
    for (const band of bands) append(words, band);
  }
  const list = words.length;
  append(words, places);
  return { words: wordsOf(words), list, count: places.length, asked, rules };
}

function paintCompiled(
  module: Kernel,
  { words, list, count, asked, rules }: Numbers,
  { size, origin, axes, spacing }: Grid,
  out: Uint8Array,
  low: Vec3,
  high: Vec3,
  tick?: (share: number) => void,
): void {
  const lattice = [...size, ...origin, ...axes.flat(), ...spacing, ...low, ...high, ...deep(axes)];
  const first = keep(module, words);
  const grid = floats(module, 2 * lattice.length + Math.ceil(out.length / 4)).byteOffset;
  const tissue = grid + 8 * lattice.length;
  const { buffer } = module.memory;
  new Float64Array(buffer, grid).set(lattice);
  new Uint8Array(buffer, tissue).set(out);
  answer(
    (n, x, y, z) => asked[n].at(x, y, z),
    (n, x, y, z, depth) => rules[n](x, y, z, depth),
  );
  for (let done = 0; done < count; done += AT_ONCE) {
    const until = Math.min(count, done + AT_ONCE);
    module.paint(first, list + done, list + until, grid, TILE, tissue);
    tick?.(until / count);
  }
  out.set(new Uint8Array(buffer, tissue, out.length));
}

/** Paints the part of the grid inside the paint's box. */
function paintBox(
  paint: Paint,
  grid: Grid,
  out: Uint8Array,
  low: readonly number[],
  high: readonly number[],
): void {
  const { box } = paint.shape;
  const middle = [0, 0, 0];
  const reach = [0, 0, 0];
  for (let a = 0; a < 3; a++) {
    const l = Math.max(box.low[a], low[a]);
    const h = Math.min(box.high[a], high[a]);
    if (l > h) return;
    middle[a] = (l + h) / 2 - grid.origin[a];
    reach[a] = (h - l) / 2;
  }
  const [ni, nj, nk] = grid.size;
  const [ai, aj, ak] = grid.axes;
  const [si, sj, sk] = grid.spacing;
  const [ox, oy, oz] = grid.origin;
  const [k0, k1] = span(middle, reach, deep(grid.axes), sk, nk);
  for (let k = k0; k <= k1; k++) {
    const cx = k * sk * ak[0];
    const cy = k * sk * ak[1];
    const cz = k * sk * ak[2];
    const [j0, j1] = span([middle[0] - cx, middle[1] - cy, middle[2] - cz], reach, aj, sj, nj);
    for (let j = j0; j <= j1; j++) {
      const x = cx + j * sj * aj[0];
      const y = cy + j * sj * aj[1];
      const z = cz + j * sj * aj[2];
      // The part of the row inside the box, in voxels.
      let from = 0;
      let to = ni - 1;
      for (let a = 0; a < 3; a++) {
        const centre = middle[a] - (a === 0 ? x : a === 1 ? y : z);
        const step = ai[a] * si;
        if (Math.abs(step) < 1e-9) {
          if (Math.abs(centre) > reach[a] + 1e-6) to = -1;
        } else {
          const at = centre / step;
          const width = reach[a] / Math.abs(step);
          from = Math.max(from, Math.ceil(at - width - 1e-6));
          to = Math.min(to, Math.floor(at + width + 1e-6));
        }
      }
      if (from > to) continue;
      const row = (k * nj + j) * ni;
      paintRow(paint, ox + x, oy + y, oz + z, ai[0] * si, ai[1] * si, ai[2] * si, si, out, row, from, to);
    }
  }
}

/**
 * The vector whose product with a place counts slices: the normal of the rows and columns, scaled to a product of 1
 * with k. It equals k unless a tilted gantry tilts the slices (k is then the couch's direction).
 */
function deep([i, j, k]: Grid['axes']): Vec3 {
  const normal = cross(i, j);
  return times(normal, 1 / dot(normal, k));
}

/** The range of `count` steps along an axis of a grid that may meet a box. */
function span(
  middle: readonly number[],
  reach: readonly number[],
  axis: readonly number[],
  step: number,
  count: number,
): [first: number, last: number] {
  const at = middle[0] * axis[0] + middle[1] * axis[1] + middle[2] * axis[2];
  const half =
    reach[0] * Math.abs(axis[0]) + reach[1] * Math.abs(axis[1]) + reach[2] * Math.abs(axis[2]) + 1e-6;
  return [Math.max(0, Math.ceil((at - half) / step)), Math.min(count - 1, Math.floor((at + half) / step))];
}

/** Paints voxels `from` … `to` of one row, skipping voxels whose distance excludes a surface. */
function paintRow(
  paint: Paint,
  x0: number,
  y0: number,
  z0: number,
  dx: number,
  dy: number,
  dz: number,
  step: number,
  out: Uint8Array,
  row: number,
  from: number,
  to: number,
): void {
  const { shape, bands, rule, over, within } = paint;
  const safe = 1 / (shape.slope * step);
  let i = from;
  // A rule without depth needs no distance where the surface is far.
  const deep = rule !== undefined && rule.length < 4;
  while (i <= to) {
    if (over && !over[out[row + i]]) {
      i++;
      continue;
    }
    const x = x0 + i * dx;
    const y = y0 + i * dy;
    const z = z0 + i * dz;
    const d = shape.at(x, y, z);
    if (d > 0) {
      const skip = Math.floor(d * safe);
      i += Math.max(skip, 1);
    } else if (rule && within !== undefined && d < -within) {
      const skip = Math.floor((-within - d) * safe);
      i += Math.max(1, skip);
    } else if (rule) {
      const first = rule(x, y, z, d);
      if (first >= 0) out[row + i] = first;
      const skip = deep ? Math.floor(-d * safe) : 1;
      const end = Math.min(to + 1, i + Math.max(skip, 1));
      for (i++; i < end; i++) {
        if (over && !over[out[row + i]]) continue;
        const tissue = rule(x0 + i * dx, y0 + i * dy, z0 + i * dz, d);
        if (tissue >= 0) out[row + i] = tissue;
      }
    } else {
      // The band at this depth, and the distance to its edges.
      let b = 0;
      while (b + 1 < bands!.length && -d >= bands![b + 1][0]) b++;
      let room = -d - bands![b][0];
      if (b + 1 < bands!.length) room = Math.min(room, bands![b + 1][0] + d);
      const skip = Math.floor(room * safe);
      const end = Math.min(to + 1, i + Math.max(skip, 1));
      const tissue = bands![b][1];
      if (tissue < 0) i = end;
      else if (over) {
        for (; i < end; i++) if (over[out[row + i]]) out[row + i] = tissue;
      } else {
        out.fill(tissue, row + i, row + end);
        i = end;
      }
    }
  }
}
