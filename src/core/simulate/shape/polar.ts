/** Solids from an outline in each horizontal plane, as a radius around a possibly curved axis: trunks, limbs. */
import type { Vec3 } from '../volume.ts';
import type { Shape } from './shape.ts';

export type Outline = {
  /** The ends of the solid, mm. Both ends are flat. */
  low: number;
  high: number;
  /** mm between planes of the table (default 8). */
  step?: number;
  /** Number of directions in a plane (default 72). */
  bins?: number;
  /** The axis at height z. */
  centre(z: number): readonly [x: number, y: number];
  /** Radius at height z in the direction of (cos, sin): cos to the left of the patient, sin to the back. */
  radius(z: number, cos: number, sin: number): number;
};

/** Maximum returned distance, mm. */
const REACH = 32;

/**
 * The solid of an outline: distance along the ray from the axis, from a table of radii. The table uses
 * "diamond angles" (y / (|x| + |y|), four quadrants), which need a division instead of an arc tangent.
 */
export function polar(outline: Outline): Shape {
  const { low, high, step = 8, bins = 72 } = outline;
  const planes = Math.max(2, Math.ceil((high - low) / step) + 1);
  const gap = (high - low) / (planes - 1);
  const radii = new Float32Array(planes * (bins + 1));
  const axis = new Float32Array(planes * 2);
  const directions = directionsOf(bins);
  for (let k = 0; k < planes; k++) {
    const z = low + k * gap;
    const [cx, cy] = outline.centre(z);
    axis[2 * k] = cx;
    axis[2 * k + 1] = cy;
    for (let b = 0; b <= bins; b++) {
      const n = 2 * (b % bins);
      radii[k * (bins + 1) + b] = Math.max(0.5, outline.radius(z, directions[n], directions[n + 1]));
    }
  }
  const { box, flatness } = measure(radii, axis, directions, planes, gap, low, high);
  const perStep = 1 / gap;
  const perBin = bins / 4;
  const at = (x: number, y: number, z: number): number => {
    let v = (z - low) * perStep;
    let over = 0;
    if (v < 0) {
      over = -v * gap;
      v = 0;
    } else if (v > planes - 1) {
      over = (v - planes + 1) * gap;
      v = planes - 1;
    }
    const k = v >= planes - 1 ? planes - 2 : v | 0;
    const fz = v - k;
    const qx = x - axis[2 * k] - (axis[2 * k + 2] - axis[2 * k]) * fz;
    const qy = y - axis[2 * k + 1] - (axis[2 * k + 3] - axis[2 * k + 1]) * fz;
    const sum = Math.abs(qx) + Math.abs(qy);
    const t = sum < 1e-9 ? 0 : qy / sum;
    const u = (qx < 0 ? 2 - t : t < 0 ? 4 + t : t) * perBin;
    const b = u >= bins ? bins - 1 : u | 0;
    const fb = u - b;
    const o = k * (bins + 1) + b;
    const r0 = radii[o] + (radii[o + 1] - radii[o]) * fb;
    const r1 = radii[o + bins + 1] + (radii[o + bins + 2] - radii[o + bins + 1]) * fb;
    const raw = (Math.sqrt(qx * qx + qy * qy) - r0 - (r1 - r0) * fz) * flatness[k];
    const side = Math.max(raw, -REACH);
    if (over === 0) return Math.min(side, REACH);
    return side > 0 ? Math.sqrt(side * side + over * over) : over;
  };
  const own = [low, gap, planes, bins, perStep, perBin];
  const numbers = new Float64Array(own.length + axis.length + flatness.length + radii.length);
  numbers.set(own);
  numbers.set(axis, own.length);
  numbers.set(flatness, own.length + axis.length);
  numbers.set(radii, own.length + axis.length + flatness.length);
  return { box, slope: 1.15, form: { kind: 'polar', numbers }, at };
}

const known = new Map<number, Float64Array>();

/** Unit vectors of evenly spaced diamond angles, x and y of each. */
function directionsOf(bins: number): Float64Array {
  const vectors = known.get(bins) ?? new Float64Array(2 * bins);
  if (known.has(bins)) return vectors;
  known.set(bins, vectors);
  for (let b = 0; b < bins; b++) {
    const t = ((b * 4) / bins) % 4;
    const x = t < 2 ? 1 - t : t - 3;
    const y = t < 1 ? t : t < 3 ? 2 - t : t - 4;
    const size = Math.hypot(x, y);
    vectors[2 * b] = x / size;
    vectors[2 * b + 1] = y / size;
  }
  return vectors;
}

/**
 * Box of the table, and for each plane the factor from a distance along the ray to a distance to the surface: the
 * cosine of the steepest slope within reach of the plane.
 */
function measure(
  radii: Float32Array,
  axis: Float32Array,
  directions: Float64Array,
  planes: number,
  gap: number,
  low: number,
  high: number,
): { box: { low: Vec3; high: Vec3 }; flatness: Float64Array } {
  const bins = directions.length / 2;
  let x0 = Infinity;
  let x1 = -Infinity;
  let y0 = Infinity;
  let y1 = -Infinity;
  const own = new Float64Array(planes);
  for (let k = 0; k < planes; k++) {
    let steep = 1;
    for (let b = 0; b < bins; b++) {
      const at = k * (bins + 1) + b;
      const r = radii[at];
      const cos = directions[2 * b];
      const sin = directions[2 * b + 1];
      // A corner of the table may protrude between two bins.
      x0 = Math.min(x0, axis[2 * k] + r * cos - 1);
      x1 = Math.max(x1, axis[2 * k] + r * cos + 1);
      y0 = Math.min(y0, axis[2 * k + 1] + r * sin - 1);
      y1 = Math.max(y1, axis[2 * k + 1] + r * sin + 1);
      const turn = ((radii[at + 1] - r) * bins) / (2 * Math.PI * r);
      const lean = k + 1 < planes ? (radii[at + bins + 1] - r) / gap : 0;
      steep = Math.max(steep, 1 + turn * turn + lean * lean);
    }
    own[k] = 1 / Math.min(6, Math.sqrt(steep));
  }
  const near = Math.ceil(REACH / gap);
  const flatness = own.slice();
  for (let k = 0; k < planes; k++) {
    const last = Math.min(planes - 1, k + near);
    for (let n = Math.max(0, k - near); n <= last; n++) flatness[k] = Math.min(flatness[k], own[n]);
  }
  return { box: { low: [x0, y0, low], high: [x1, y1, high] }, flatness };
}

/** Radius of a superellipse with half-axes a (to the sides), front and back, and power n. */
export function superRadius(
  cos: number,
  sin: number,
  a: number,
  front: number,
  back: number,
  n: number,
): number {
  const b = sin < 0 ? front : back;
  const p = Math.abs(cos / a);
  const q = Math.abs(sin / b);
  // This form needs two powers instead of three.
  const most = Math.max(p, q);
  return (1 + (Math.min(p, q) / most) ** n) ** (-1 / n) / most;
}

/** Interpolates a table of [z, a, b, …] rows at z: a smooth curve through each column, constant beyond the ends. */
export function curve(rows: readonly (readonly number[])[]): (z: number, column: number) => number {
  const read = reading(rows);
  // Outlines read the same height many times before they move to the next height.
  const known = new Float64Array(rows[0].length);
  let asked = NaN;
  return (z, column) => {
    if (z !== asked) {
      asked = z;
      known.fill(NaN);
    }
    if (Number.isNaN(known[column])) known[column] = read(z, column);
    return known[column];
  };
}

/** The same function of height, from a table with one entry per mm. It is fast enough for every voxel. */
export function tabled(low: number, high: number, value: (z: number) => number): (z: number) => number {
  const table = Float64Array.from({ length: high - low + 2 }, (_, n) => value(low + n));
  return (z) => {
    const v = z < low ? 0 : z > high ? high - low : z - low;
    const k = v | 0;
    return table[k] + (table[k + 1] - table[k]) * (v - k);
  };
}

function reading(rows: readonly (readonly number[])[]): (z: number, column: number) => number {
  return (z, column) => {
    if (z <= rows[0][0]) return rows[0][column];
    const last = rows.length - 1;
    if (z >= rows[last][0]) return rows[last][column];
    let i = 0;
    while (rows[i + 1][0] < z) i++;
    const [p, q] = [rows[i], rows[i + 1]];
    const h = q[0] - p[0];
    const t = (z - p[0]) / h;
    const before = rows[Math.max(0, i - 1)];
    const after = rows[Math.min(last, i + 2)];
    const m0 = ((q[column] - before[column]) / (q[0] - before[0])) * h;
    const m1 = ((after[column] - p[column]) / (after[0] - p[0])) * h;
    const t2 = t * t;
    const t3 = t2 * t;
    return (
      (2 * t3 - 3 * t2 + 1) * p[column] +
      (t3 - 2 * t2 + t) * m0 +
      (3 * t2 - 2 * t3) * q[column] +
      (t3 - t2) * m1
    );
  };
}
