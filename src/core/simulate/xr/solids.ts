/**
 * Bones in a radiograph: each bone has a lattice of rays, which are traced through its distances. Pixels between them
 * interpolate the squares of the path lengths, which fall linearly through 0 at the bone's edge. Edges and shells are
 * therefore as sharp as the detector, even with a coarse lattice.
 */
import { attenuations } from '../material.ts';
import type { Noise } from '../noise.ts';
import { add, type Box, dot, growBox, meetBoxes, minus, times } from '../shape/shape.ts';
import { TISSUE, type Tissue } from '../tissue.ts';
import type { Skeleton, Solid, Vec3 } from '../volume.ts';
import { effectiveEnergy } from './attenuation.ts';
import type { XrProtocol } from './protocol.ts';
import { follower } from './rays.ts';
import type { Setup } from './view.ts';

type Detector = Pick<XrProtocol, 'distance' | 'rows' | 'columns' | 'pitch'>;

/** Number of rays across the smallest side of a bone, and the largest distance between them, mm. */
const RAYS = 6;
const COARSEST = 3;
/** Shortest step along a ray, as a share of the distance between rays. */
const SHORTEST = 0.8;
/** A relative difference from the neighbours' mean above this counts as a bead. */
const BEAD = 0.25;
/** A grain of trabeculae: mm across and along them; mm of the path that one takes; and the contrast between grains. */
const ACROSS = 0.9;
const ALONG = 4;
const GRAIN = 2;
const CONTRAST = 1.15;
/** Size of bundles of grains. */
const BUNDLE = 5;

/** A lattice on the detector: its first point, mm from the detector's middle, and mm between points. */
type Lattice = { left: number; top: number; pitch: number; columns: number; rows: number };

/** Adds the difference in ∫μ between the bones and the tissue that is in their place in the volume. */
export function addSolids(
  out: Float32Array,
  skeleton: Skeleton,
  protocol: Detector & Pick<XrProtocol, 'kv'>,
  setup: Setup,
): void {
  const mean = attenuations(effectiveEnergy(protocol.kv));
  const value = (tissue: Tissue) => mean[TISSUE[tissue]] * skeleton.scale;
  const eye = eyeOf(skeleton, protocol, setup);
  const follow = follower(skeleton.solids);
  skeleton.solids.forEach((solid, number) => {
    const box = meetBoxes(solid.shape.box, { low: skeleton.low, high: skeleton.high });
    if (box.low.some((low, d) => low >= box.high[d])) return;
    const lattice = latticeOf(solid, box, skeleton, protocol, setup);
    if (!lattice) return;
    const { outer, inner } = squares(follow, number, lattice, box, eye);
    const fine = {
      ...lattice,
      columns: 2 * lattice.columns - 1,
      rows: 2 * lattice.rows - 1,
      pitch: lattice.pitch / 2,
    };
    const ways = {
      outer: halved(evened(outer, lattice), lattice),
      inner: halved(evened(inner, lattice), lattice),
    };
    const instead = value(solid.instead);
    const { share = 1 } = solid;
    paint(out, ways, fine, protocol, {
      shell: share * (value(solid.shell) - instead),
      core: share * (value(solid.core) - instead),
      grain: grainOf(solid, skeleton.noise, number, eye),
    });
  });
}

/** Positions of the focus and the detector in the coordinates of the bones. */
type Eye = { focus: Vec3; middle: Vec3; right: Vec3; down: Vec3; axes: Setup['axes']; shrink: number };

function eyeOf({ origin, scale }: Skeleton, { distance }: Detector, { axes, centre, rise }: Setup): Eye {
  const place = (w: number) => add(times(add(centre, times(axes[2], w)), 1 / scale), origin);
  return {
    focus: place(distance - rise),
    middle: place(-rise),
    right: times(axes[0], 1 / scale),
    down: times(axes[1], 1 / scale),
    axes,
    shrink: (distance - rise) / distance / scale,
  };
}

/** The part of the box's shadow on the detector; null: no part. */
function latticeOf(
  solid: Solid,
  { low, high }: Box,
  { origin, scale }: Skeleton,
  { distance, rows, columns, pitch }: Detector,
  { axes, centre, rise }: Setup,
): Lattice | null {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let corner = 0; corner < 8; corner++) {
    const at = ([0, 1, 2] as const).map((d) => (corner & (1 << d) ? high[d] : low[d])) as unknown as Vec3;
    const p = minus(times(minus(at, origin), scale), centre);
    const grow = distance / (distance - rise - dot(p, axes[2]));
    for (const d of [0, 1] as const) {
      const shadow = dot(p, axes[d]) * grow;
      least[d] = Math.min(least[d], shadow);
      most[d] = Math.max(most[d], shadow);
    }
  }
  const smallest = Math.min(...high.map((side, d) => side - low[d]));
  const step = Math.max(
    pitch,
    (scale * Math.min(COARSEST, solid.detail ?? smallest / RAYS) * distance) / (distance - rise),
  );
  const half = [((columns - 1) * pitch) / 2, ((rows - 1) * pitch) / 2];
  const [left, top] = [0, 1].map((d) => Math.max(least[d] - 1.5 * step, -half[d] - step));
  const [right, bottom] = [0, 1].map((d) => Math.min(most[d] + 1.5 * step, half[d] + step));
  if (left >= right || top >= bottom) return null;
  const count = (length: number) => Math.ceil(length / step) + 1;
  return { left, top, pitch: step, columns: count(right - left), rows: count(bottom - top) };
}

/** Squares of the path lengths within surface and core at each point; below 0 where the ray misses them. */
function squares(
  follow: ReturnType<typeof follower>,
  number: number,
  lattice: Lattice,
  { low, high }: Box,
  eye: Eye,
) {
  const detail = lattice.pitch * eye.shrink;
  // Rays that narrowly miss the box are traced, too: they give the distance from the edge.
  const box = growBox({ low, high }, 2 * detail);
  const ways = follow(number, { ...eye, ...lattice, ...box, least: SHORTEST * detail });
  return { outer: beyond(ways.outer, ways.near, lattice), inner: beyond(ways.inner, ways.core, lattice) };
}

/** Continues squares beyond the edge, at each point with the slope of its neighbours on the inner side. */
function beyond(squares: Float32Array, depth: Float32Array, { columns, rows }: Lattice): Float32Array {
  let total = 0;
  let deep = 0;
  for (let n = 0; n < squares.length; n++) {
    if (squares[n] <= 0) continue;
    total += squares[n];
    deep -= depth[n];
  }
  const usual = deep > 0 ? total / deep : 1;
  const out = squares.slice();
  for (let j = 0, n = 0; j < rows; j++) {
    const [y0, y1] = [Math.max(0, j - 1), Math.min(rows - 1, j + 1)];
    for (let i = 0; i < columns; i++, n++) {
      if (squares[n] > 0) continue;
      const [x0, x1] = [Math.max(0, i - 1), Math.min(columns - 1, i + 1)];
      let sum = 0;
      let count = 0;
      for (let y = y0; y <= y1; y++) {
        for (let at = y * columns + x0; at <= y * columns + x1; at++) {
          if (squares[at] <= 0 || depth[at] >= 0) continue;
          sum -= squares[at] / depth[at];
          count++;
        }
      }
      out[n] = -Math.max(0, depth[n]) * (count ? sum / count : usual);
    }
  }
  return out;
}

/** Averages outliers with their neighbours away from edges: parts that rays graze, such as a wing's rim, would bead. */
function evened(values: Float32Array, { columns, rows }: Lattice): Float32Array {
  const out = values.slice();
  for (let j = 1; j + 1 < rows; j++) {
    for (let i = 1; i + 1 < columns; i++) {
      const n = j * columns + i;
      let sum = 0;
      let least = values[n];
      for (let y = -1; y <= 1; y++) {
        for (let x = -1; x <= 1; x++) {
          const value = values[n + y * columns + x];
          if (value < least) least = value;
          sum += value * (2 - Math.abs(x)) * (2 - Math.abs(y));
        }
      }
      const mean = sum / 16;
      if (least > 0 && Math.abs(mean - values[n]) > BEAD * values[n]) out[n] = mean;
    }
  }
  return out;
}

/** Doubles the points a side by cubic interpolation through four: linear interpolation would bead thin lines. */
function halved(values: Float32Array, { columns, rows }: Lattice): Float32Array {
  const wide = 2 * columns - 1;
  const out = new Float32Array(wide * (2 * rows - 1));
  for (let j = 0; j < rows; j++) {
    const from = j * columns;
    const to = 2 * j * wide;
    for (let i = 0; i < columns; i++) out[to + 2 * i] = values[from + i];
    for (let i = 0; i + 1 < columns; i++) {
      const [before, after] = [Math.max(0, i - 1), Math.min(columns - 1, i + 2)];
      out[to + 2 * i + 1] = middle(
        values[from + before],
        values[from + i],
        values[from + i + 1],
        values[from + after],
      );
    }
  }
  for (let j = 0; j + 1 < rows; j++) {
    const a = 2 * j * wide;
    const b = a + 2 * wide;
    const before = j > 0 ? a - 2 * wide : a;
    const after = j + 2 < rows ? b + 2 * wide : b;
    for (let i = 0; i < wide; i++)
      out[a + wide + i] = middle(out[before + i], out[a + i], out[b + i], out[after + i]);
  }
  return out;
}

/** Value between b and c; linear where one of them is beyond the edge. */
function middle(a: number, b: number, c: number, d: number): number {
  return b > 0 && c > 0 ? Math.max(0, (9 * (b + c) - Math.max(a, 0) - Math.max(d, 0)) / 16) : (b + c) / 2;
}

/** Deviation of the core from its mean at a point of the detector, per square root of mm. */
type Grain = (u: number, v: number) => number;

function grainOf({ along }: Solid, noise: Noise, number: number, { axes, shrink }: Eye): Grain {
  const [a, b] = [dot(along, axes[0]), dot(along, axes[1])];
  const size = Math.hypot(a, b);
  // Along their axis grains look round.
  const [cos, sin] = size < 0.3 ? [1, 0] : [a / size, b / size];
  const long = ACROSS + (ALONG - ACROSS) * Math.min(1, size);
  const [p, q, r] = [(2.5 / long) * shrink, (2.5 / ACROSS) * shrink, (2.5 / BUNDLE) * shrink];
  const away = 7.3 * number;
  return (u, v) =>
    CONTRAST *
    Math.sqrt(GRAIN) *
    (noise((u * cos + v * sin) * p, (v * cos - u * sin) * q, away) +
      0.5 * noise(u * r + 31.7, v * r + 11.3, away));
}

function paint(
  out: Float32Array,
  { outer, inner }: { outer: Float32Array; inner: Float32Array },
  lattice: Lattice,
  { rows, columns, pitch }: Detector,
  { shell, core, grain }: { shell: number; core: number; grain: Grain },
): void {
  const { left, top } = lattice;
  const edge = (place: number, count: number) => place / pitch + (count - 1) / 2;
  const x0 = Math.max(0, Math.ceil(edge(left, columns)));
  const x1 = Math.min(columns - 1, Math.floor(edge(left + (lattice.columns - 1) * lattice.pitch, columns)));
  const y0 = Math.max(0, Math.ceil(edge(top, rows)));
  const y1 = Math.min(rows - 1, Math.floor(edge(top + (lattice.rows - 1) * lattice.pitch, rows)));
  for (let y = y0; y <= y1; y++) {
    const v = (y - (rows - 1) / 2) * pitch;
    const down = (v - top) / lattice.pitch;
    const j = Math.min(lattice.rows - 2, Math.floor(down));
    const s = down - j;
    for (let x = x0; x <= x1; x++) {
      const u = (x - (columns - 1) / 2) * pitch;
      const right = (u - left) / lattice.pitch;
      const i = Math.min(lattice.columns - 2, Math.floor(right));
      const t = right - i;
      const n = j * lattice.columns + i;
      const whole = between(outer, n, lattice.columns, t, s);
      if (whole <= 0) continue;
      const way = Math.sqrt(whole);
      const square = between(inner, n, lattice.columns, t, s);
      if (square <= 0) {
        out[y * columns + x] += way * shell;
        continue;
      }
      const hollow = Math.min(way, Math.sqrt(square));
      // A path adds up grains: the deviation of the sum grows with the square root of their number.
      const more = grain(u, v) * Math.sqrt(hollow);
      out[y * columns + x] += (way - hollow) * shell + (hollow + more) * core;
    }
  }
}

function between(values: Float32Array, n: number, columns: number, t: number, s: number): number {
  const above = values[n] + t * (values[n + 1] - values[n]);
  const below = values[n + columns] + t * (values[n + columns + 1] - values[n + columns]);
  return above + s * (below - above);
}
