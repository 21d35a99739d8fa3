/** Path lengths of rays within a bone and within its core, by stepping along each ray as far as the distances allow. */
import { answer, floats, type Kernel, keep, kernel } from '../kernel.ts';
import { append, emptyLayout, layOut, wordsOf } from '../shape/form.ts';
import type { Shape } from '../shape/shape.ts';
import type { Solid, Vec3 } from '../volume.ts';

/** Rays from the focus to a lattice on the detector, in the coordinates of the bone. */
export type Rays = {
  focus: Vec3;
  /** Middle of the detector, and the vectors of 1 mm along its rows and columns. */
  middle: Vec3;
  right: Vec3;
  down: Vec3;
  /** First point on the detector, and mm between points. */
  left: number;
  top: number;
  pitch: number;
  columns: number;
  rows: number;
  /** Box around the bone. */
  low: Vec3;
  high: Vec3;
  /** Shortest step, mm: a crossing is interpolated linearly between two points. */
  least: number;
};

/**
 * For each ray: the squares of its path lengths within surface and core, mm², and its smallest distance to each, mm;
 * below 0: its depth.
 */
export type Ways = { outer: Float32Array; inner: Float32Array; near: Float32Array; core: Float32Array };

/** Distance of a ray that is far from the bone. */
const FAR = 1e3;

/** Traces rays through one bone after the other, by src/core/simulate/wasm or plainly, with bit-identical results. */
export function follower(solids: readonly Solid[], plain = false): (number: number, rays: Rays) => Ways {
  const module = plain ? null : kernel();
  if (!module) return (number, rays) => followPlainly(solids[number], rays);
  const layout = emptyLayout();
  const { words, asked } = layout;
  const places = solids.map(({ shape, wall }) => {
    const place = layOut(shape, layout);
    const walls = words.length;
    append(words, wallNumbers(wall));
    return { shape: place, walls };
  });
  const numbers = wordsOf(words);
  return (number, rays) => {
    const { shape, walls } = places[number];
    return followCompiled(module, numbers, shape, solids[number].shape.slope, walls, asked, rays);
  };
}

/** The number of walls; for several also the line's start and its direction by its length; then each wall. */
function wallNumbers(wall: Solid['wall']): number[] {
  if (typeof wall === 'number') return [1, wall];
  const { from, to, thick } = wall;
  const along = [0, 1, 2].map((d) => to[d] - from[d]);
  const square = along.reduce((sum, part) => sum + part * part, 0);
  return [thick.length, ...from, ...along.map((part) => part / square), ...thick];
}

function followCompiled(
  module: Kernel,
  numbers: Float64Array,
  shape: number,
  slope: number,
  walls: number,
  asked: readonly Shape[],
  rays: Rays,
): Ways {
  const { focus, middle, right, down, left, top, pitch, columns, rows, low, high, least } = rays;
  const view = [...focus, ...middle, ...right, ...down, left, top, pitch, ...low, ...high, least];
  const count = columns * rows;
  const first = keep(module, numbers);
  const at = floats(module, 2 * view.length + 4 * count).byteOffset;
  const { buffer } = module.memory;
  new Float64Array(buffer, at).set(view);
  const out = at + 8 * view.length;
  answer(
    (n, x, y, z) => asked[n].at(x, y, z),
    () => -1,
  );
  module.follow(first, shape, slope, walls, at, columns, rows, out);
  // These views are valid until the next memory request.
  const part = (n: number) => new Float32Array(buffer, out + 4 * count * n, count);
  return { outer: part(0), inner: part(1), near: part(2), core: part(3) };
}

function followPlainly({ shape, wall }: Solid, rays: Rays): Ways {
  const { focus, middle, right, down, left, top, pitch, columns, rows, low, high, least } = rays;
  const walls = wallNumbers(wall);
  const [outer, inner, near, core] = [0, 1, 2, 3].map(() => new Float32Array(columns * rows));
  for (let j = 0, n = 0; j < rows; j++) {
    const v = top + j * pitch;
    for (let i = 0; i < columns; i++, n++) {
      const u = left + i * pitch;
      const p = [0, 1, 2].map((d) => middle[d] + u * right[d] + v * down[d] - focus[d]);
      const size = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
      const ray = p.map((part) => part / size);
      let from = 0;
      let to = Infinity;
      for (let d = 0; d < 3; d++) {
        if (Math.abs(ray[d]) < 1e-9) {
          if (focus[d] < low[d] || focus[d] > high[d]) to = -1;
          continue;
        }
        const a = (low[d] - focus[d]) / ray[d];
        const b = (high[d] - focus[d]) / ray[d];
        from = Math.max(from, Math.min(a, b));
        to = Math.min(to, Math.max(a, b));
      }
      const way = { outer: 0, inner: 0, near: FAR, core: FAR };
      if (from < to) followOne(shape, walls, focus, ray, from, to, least, way);
      outer[n] = way.outer * way.outer;
      inner[n] = way.inner * way.inner;
      near[n] = way.near;
      core[n] = way.core;
    }
  }
  return { outer, inner, near, core };
}

function followOne(
  shape: Shape,
  walls: readonly number[],
  focus: Vec3,
  ray: readonly number[],
  from: number,
  to: number,
  least: number,
  way: { outer: number; inner: number; near: number; core: number },
): void {
  let before = 0;
  let within = 0;
  let t = from;
  let step = 0;
  for (;;) {
    const x = focus[0] + t * ray[0];
    const y = focus[1] + t * ray[1];
    const z = focus[2] + t * ray[2];
    const d = shape.at(x, y, z);
    const e = d + wallAt(walls, x, y, z);
    way.near = Math.min(way.near, d);
    way.core = Math.min(way.core, e);
    if (step > 0) {
      way.outer += step * inside(before, d);
      way.inner += step * inside(within, e);
    }
    if (t >= to) return;
    before = d;
    within = e;
    step = Math.min(to - t, Math.max(least, Math.min(Math.abs(d), Math.abs(e)) / shape.slope));
    t += step;
  }
}

function wallAt(walls: readonly number[], x: number, y: number, z: number): number {
  const [count] = walls;
  if (count === 1) return walls[1];
  const a = (x - walls[1]) * walls[4];
  const b = (y - walls[2]) * walls[5];
  const c = (z - walls[3]) * walls[6];
  const place = Math.max(0, Math.min(1, a + b + c)) * (count - 1);
  const n = Math.min(count - 2, Math.floor(place));
  return walls[7 + n] + (place - n) * (walls[8 + n] - walls[7 + n]);
}

/** Share of a step that is below 0. */
function inside(a: number, b: number): number {
  if (a < 0) return b < 0 ? 1 : a / (a - b);
  return b < 0 ? b / (b - a) : 0;
}
