/** Thin tubes in a radiograph: the path length of each ray in their walls and cores, computed and not sampled. */
import { floats, type Kernel, kernel } from '../kernel.ts';
import { attenuations } from '../material.ts';
import { add, cross, dot, length, minus, norm, times, unit } from '../shape/shape.ts';
import { TISSUE, type Tissue } from '../tissue.ts';
import type { Tube, Vec3 } from '../volume.ts';
import { effectiveEnergy } from './attenuation.ts';
import type { XrProtocol } from './protocol.ts';
import type { Setup } from './view.ts';

type Detector = Pick<XrProtocol, 'distance' | 'rows' | 'columns' | 'pitch'>;

/** The contribution of the tubes to ∫μ at each pixel, by src/core/simulate/wasm or plainly, with the same bits. */
export function tubePaths(
  tubes: readonly Tube[],
  protocol: Detector & Pick<XrProtocol, 'kv'>,
  setup: Setup,
  plain = false,
): Float32Array {
  const mean = attenuations(effectiveEnergy(protocol.kv));
  const module = plain ? null : kernel();
  return module ? compiled(module, tubes, protocol, setup, mean) : plainly(tubes, protocol, setup, mean);
}

/** The numbers that src/core/simulate/wasm/tubes.ts reads. */
function compiled(
  module: Kernel,
  tubes: readonly Tube[],
  { rows, columns, distance, pitch }: Detector,
  { axes, centre, rise }: Setup,
  mean: ArrayLike<number>,
): Float32Array {
  const view = [...axes.flat(), ...centre, rise, distance, rows, columns, pitch];
  const words = new Float64Array(tubes.reduce((sum, { points }) => sum + 6 + 6 * points.length, view.length));
  words.set(view);
  let at = view.length;
  for (const { points, radii, walls, across, shell, core, instead } of tubes) {
    const around = mean[TISSUE[instead]];
    words[at++] = points.length;
    words.set(across, at);
    words[at + 3] = mean[TISSUE[shell]] - around;
    words[at + 4] = mean[TISSUE[core]] - around;
    at += 5;
    for (let n = 0; n < points.length; n++, at += 6) {
      words.set(points[n], at);
      words.set(radii[n], at + 3);
      words[at + 5] = walls[n];
    }
  }
  const pixels = rows * columns;
  const memory = floats(module, 2 * words.length + pixels);
  const first = memory.byteOffset;
  const out = memory.subarray(2 * words.length);
  new Float64Array(memory.buffer, first).set(words);
  out.fill(0);
  module.tubes(first + 8 * view.length, tubes.length, first, out.byteOffset);
  return out.slice();
}

function plainly(
  tubes: readonly Tube[],
  protocol: Detector,
  setup: Setup,
  mean: ArrayLike<number>,
): Float32Array {
  const out = new Float32Array(protocol.rows * protocol.columns);
  const value = (tissue: Tissue) => mean[TISSUE[tissue]];
  for (const tube of tubes) {
    const shell = value(tube.shell) - value(tube.instead);
    const core = value(tube.core) - value(tube.instead);
    const points = tube.points.map((point) => turned(point, setup));
    const across = components(tube.across, setup);
    const along = points.slice(1).map((point, n) => unit(minus(point, points[n])));
    along.forEach((direction, n) => {
      addPiece(out, protocol, setup.rise, {
        from: points[n],
        to: points[n + 1],
        direction,
        across,
        // Pieces meet in the plane that bisects the bend.
        first: n > 0 ? unit(add(along[n - 1], direction)) : direction,
        last: n + 1 < along.length ? unit(add(direction, along[n + 1])) : direction,
        wide: [tube.radii[n][0], tube.radii[n + 1][0]],
        thin: [tube.radii[n][1], tube.radii[n + 1][1]],
        wall: [tube.walls[n], tube.walls[n + 1]],
        shell,
        core,
      });
    });
  }
  return out;
}

type Piece = {
  from: Vec3;
  to: Vec3;
  direction: Vec3;
  across: Vec3;
  /** Normals of its end planes. */
  first: Vec3;
  last: Vec3;
  /** At both ends. */
  wide: readonly [number, number];
  thin: readonly [number, number];
  wall: readonly [number, number];
  shell: number;
  core: number;
};

function addPiece(out: Float32Array, detector: Detector, rise: number, piece: Piece): void {
  const { distance, rows, columns, pitch } = detector;
  const { from, to, direction, first, last, shell, core } = piece;
  const [wide0, thin0, wall0] = [piece.wide[0], piece.thin[0], piece.wall[0]];
  const [wider, thinner, waller] = [piece.wide[1] - wide0, piece.thin[1] - thin0, piece.wall[1] - wall0];
  const size = length(minus(to, from));
  if (size === 0) return;
  const w = unit(minus(piece.across, times(direction, dot(piece.across, direction))));
  const t = cross(direction, w);
  // The focus is above the middle of the detector, which is `rise` below the origin.
  const focus: Vec3 = [0, 0, distance - rise];
  const shadow = (p: Vec3) => {
    const scale = distance / (distance - rise - p[2]);
    const reach = Math.max(...piece.wide, ...piece.thin) * scale;
    return [p[0] * scale, p[1] * scale, reach];
  };
  const [a, b] = [shadow(from), shadow(to)];
  const bound = (d: 0 | 1, count: number) => {
    const low = Math.min(a[d] - a[2], b[d] - b[2]) / pitch + (count - 1) / 2;
    const high = Math.max(a[d] + a[2], b[d] + b[2]) / pitch + (count - 1) / 2;
    return [Math.max(0, Math.floor(low)), Math.min(count - 1, Math.ceil(high))];
  };
  const [sx, sy] = shadowDirection(a, b);
  const reach = Math.max(a[2], b[2]) + pitch;
  const [x0, x1] = bound(0, columns);
  const [y0, y1] = bound(1, rows);
  const off = minus(focus, from);
  const [ow, ot] = [dot(off, w), dot(off, t)];
  const start = dot(off, first);
  const end = dot(minus(focus, to), last);
  const ol = dot(off, direction);
  for (let y = y0; y <= y1; y++) {
    const v = (y - (rows - 1) / 2) * pitch;
    for (let x = x0; x <= x1; x++) {
      const u = (x - (columns - 1) / 2) * pitch;
      // Skips pixels outside the shadow, which are most of an oblique piece's box.
      if (Math.abs((u - a[0]) * sy - (v - a[1]) * sx) > reach) continue;
      const long = Math.sqrt(u * u + v * v + distance * distance);
      const dx = u / long;
      const dy = v / long;
      const dz = -distance / long;
      const dw = dx * w[0] + dy * w[1] + dz * w[2];
      const dl = dx * direction[0] + dy * direction[1] + dz * direction[2];
      const dt = dx * t[0] + dy * t[1] + dz * t[2];
      // The part of the ray between both end planes.
      let low = -Infinity;
      let high = Infinity;
      const into = dx * first[0] + dy * first[1] + dz * first[2];
      if (into > 0) low = -start / into;
      else if (into < 0) high = -start / into;
      else if (start < 0) continue;
      const outOf = dx * last[0] + dy * last[1] + dz * last[2];
      if (outOf > 0) high = Math.min(high, -end / outOf);
      else if (outOf < 0) low = Math.max(low, -end / outOf);
      else if (end > 0) continue;
      if (low >= high) continue;
      // The tube's width is read at the point of its middle line that is nearest to the ray.
      const square = dw * dw + dt * dt;
      const near = ol + (square < 1e-9 ? low : -(ow * dw + ot * dt) / square) * dl;
      const share = near < 0 ? 0 : near > size ? 1 : near / size;
      const wide = wide0 + share * wider;
      const thin = thin0 + share * thinner;
      const wall = wall0 + share * waller;
      const hollow = wall > 0 && wall < wide && wall < thin;
      const outer = chord(ow, ot, dw, dt, wide, thin, low, high);
      if (outer <= 0) continue;
      const inner = hollow ? chord(ow, ot, dw, dt, wide - wall, thin - wall, low, high) : 0;
      out[y * columns + x] += (outer - inner) * shell + inner * core;
    }
  }
}

/** Direction of the shadow's middle line; 0, 0 if it is a point. */
function shadowDirection(a: readonly number[], b: readonly number[]): [number, number] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const size = norm(dx, dy);
  return size < 1e-6 ? [0, 0] : [dx / size, dy / size];
}

/** Length of a ray within an ellipse and between two points, from its start and direction across the tube. */
function chord(
  ow: number,
  ot: number,
  dw: number,
  dt: number,
  wide: number,
  thin: number,
  low: number,
  high: number,
): number {
  const p = ow / wide;
  const q = ot / thin;
  const r = dw / wide;
  const s = dt / thin;
  const a = r * r + s * s;
  if (a < 1e-12) return p * p + q * q < 1 && high < Infinity && low > -Infinity ? high - low : 0;
  const half = p * r + q * s;
  const rest = half * half - a * (p * p + q * q - 1);
  if (rest <= 0) return 0;
  const root = Math.sqrt(rest);
  return Math.max(0, Math.min(high, (-half + root) / a) - Math.max(low, (-half - root) / a));
}

function turned(point: Vec3, setup: Setup): Vec3 {
  return components(minus(point, setup.centre), setup);
}

function components(v: Vec3, { axes }: Setup): Vec3 {
  return [dot(v, axes[0]), dot(v, axes[1]), dot(v, axes[2])];
}
