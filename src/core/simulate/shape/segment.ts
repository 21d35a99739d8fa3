/** Pieces of tubes: from one point to another, round or flat, with a given thickness at each end. */
import type { Vec3 } from '../volume.ts';
import { add, between, cross, dot, growBox, length, minus, type Shape, times, unit } from './shape.ts';

/** Round cone with round ends. */
export function segment(from: Vec3, to: Vec3, r0: number, r1 = r0): Shape {
  const [px, py, pz] = from;
  const [dx, dy, dz] = minus(to, from);
  const inverse = 1 / (dx * dx + dy * dy + dz * dz || 1);
  const dr = r1 - r0;
  return {
    box: {
      low: [0, 1, 2].map((a) => Math.min(from[a] - r0, to[a] - r1)) as unknown as Vec3,
      high: [0, 1, 2].map((a) => Math.max(from[a] + r0, to[a] + r1)) as unknown as Vec3,
    },
    slope: 1 + Math.abs(dr) * Math.sqrt(inverse),
    form: { kind: 'segment', numbers: [px, py, pz, dx, dy, dz, inverse, r0, dr] },
    at(x, y, z) {
      const qx = x - px;
      const qy = y - py;
      const qz = z - pz;
      const raw = (qx * dx + qy * dy + qz * dz) * inverse;
      const h = raw < 0 ? 0 : Math.min(raw, 1);
      const ex = qx - h * dx;
      const ey = qy - h * dy;
      const ez = qz - h * dz;
      return Math.sqrt(ex * ex + ey * ey + ez * ez) - r0 - h * dr;
    },
  };
}

/**
 * Flat cone: radius `wide` along `across`, `thin` along the third direction, each at both ends. The value is
 * (|p/r| − 1) times the smaller radius: too small along the wide side, never too large.
 */
export function flat(
  from: Vec3,
  to: Vec3,
  across: Vec3,
  wide: readonly [number, number],
  thin: readonly [number, number],
): Shape {
  const along = unit(minus(to, from));
  const w = unit(minus(across, times(along, dot(across, along))));
  const t = cross(along, w);
  const size = length(minus(to, from)) || 1;
  const largest = Math.max(...wide, ...thin);
  const [fx, fy, fz] = from;
  const [lx, ly, lz] = along;
  const [wx, wy, wz] = w;
  const [tx, ty, tz] = t;
  const [w0, t0, dw, dt] = [wide[0], thin[0], wide[1] - wide[0], thin[1] - thin[0]];
  return {
    box: growBox(
      {
        low: [0, 1, 2].map((a) => Math.min(from[a], to[a])) as unknown as Vec3,
        high: [0, 1, 2].map((a) => Math.max(from[a], to[a])) as unknown as Vec3,
      },
      largest,
    ),
    slope: 1 + Math.max(Math.abs(wide[1] - wide[0]), Math.abs(thin[1] - thin[0])) / size,
    form: { kind: 'flat', numbers: [...from, ...along, ...w, ...t, size, w0, t0, dw, dt] },
    at(x, y, z) {
      const qx = x - fx;
      const qy = y - fy;
      const qz = z - fz;
      const raw = qx * lx + qy * ly + qz * lz;
      const s = raw < 0 ? 0 : Math.min(raw, size);
      const over = raw - s;
      const h = s / size;
      const a = w0 + dw * h;
      const b = t0 + dt * h;
      const small = Math.min(a, b);
      const u = (qx * wx + qy * wy + qz * wz) / a;
      const v = (qx * tx + qy * ty + qz * tz) / b;
      const e = over / small;
      return (Math.sqrt(u * u + v * v + e * e) - 1) * small;
    },
  };
}

/** The pieces of a tube through points, with a radius at each point. */
export function tube(points: readonly Vec3[], radius: (share: number, at: number) => number): Shape[] {
  const n = points.length - 1;
  return Array.from({ length: n }, (_, i) =>
    segment(points[i], points[i + 1], radius(i / n, i), radius((i + 1) / n, i + 1)),
  );
}

/** Catmull–Rom spline through the points: `each` pieces between two of them. */
export function spline(points: readonly Vec3[], each: number): Vec3[] {
  const out: Vec3[] = [];
  const last = points.length - 1;
  const point = (i: number): Vec3 =>
    i < 0
      ? add(points[0], minus(points[0], points[1]))
      : i > last
        ? add(points[last], minus(points[last], points[last - 1]))
        : points[i];
  for (let i = 0; i < last; i++) {
    const [a, b, c, d] = [point(i - 1), point(i), point(i + 1), point(i + 2)];
    for (let s = 0; s < each; s++) {
      const t = s / each;
      const mid = between(b, c, t * t * (3 - 2 * t));
      const bend = times(
        add(times(minus(c, a), 0.5 * t * (1 - t) * (1 - t)), times(minus(d, b), -0.5 * t * t * (1 - t))),
        1,
      );
      out.push(add(mid, bend));
    }
  }
  out.push(points[last]);
  return out;
}
