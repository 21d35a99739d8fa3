/** Shapes that combine or modify other shapes. */
import type { Noise } from '../noise.ts';
import type { Vec3 } from '../volume.ts';
import { type Box, growBox, joinBoxes, meetBoxes, type Shape } from './shape.ts';

/** A lower bound of the distance from a point to a box: the largest of the distances along the axes; ≤ 0 inside. */
function outside(box: Box, x: number, y: number, z: number): number {
  const { low, high } = box;
  return Math.max(low[0] - x, x - high[0], low[1] - y, y - high[1], low[2] - z, z - high[2]);
}

/** The union of all shapes. */
export function union(...shapes: Shape[]): Shape {
  return {
    box: joinBoxes(shapes.map((shape) => shape.box)),
    slope: Math.max(...shapes.map((shape) => shape.slope)),
    form: { kind: 'union', of: shapes, numbers: shapes.flatMap(({ box }) => [...box.low, ...box.high]) },
    at(x, y, z) {
      let least = Infinity;
      for (let n = 0; n < shapes.length; n++) {
        // If a box is farther away than the nearest shape so far, its shape cannot be nearer.
        if (n > 0 && outside(shapes[n].box, x, y, z) > least) continue;
        const d = shapes[n].at(x, y, z);
        if (d < least) least = d;
      }
      return least;
    },
  };
}

/** Union with a seam that is rounded over about `by` mm (polynomial smooth minimum). */
export function blend(a: Shape, b: Shape, by: number): Shape {
  return {
    box: growBox(joinBoxes([a.box, b.box]), by / 4),
    slope: Math.max(a.slope, b.slope),
    form: { kind: 'blend', of: [a, b], numbers: [by, ...b.box.low, ...b.box.high] },
    at(x, y, z) {
      const p = a.at(x, y, z);
      if (outside(b.box, x, y, z) > p + by) return p;
      const q = b.at(x, y, z);
      const h = by - Math.abs(p - q);
      return Math.min(p, q) - (h > 0 ? (h * h) / (4 * by) : 0);
    },
  };
}

/** The intersection of all shapes. */
export function meet(...shapes: Shape[]): Shape {
  return {
    box: shapes.map((shape) => shape.box).reduce(meetBoxes),
    slope: Math.max(...shapes.map((shape) => shape.slope)),
    form: { kind: 'meet', of: shapes },
    at(x, y, z) {
      let most = -Infinity;
      for (let n = 0; n < shapes.length; n++) {
        const d = shapes[n].at(x, y, z);
        if (d > most) most = d;
      }
      return most;
    },
  };
}

/** The intersection of both shapes, with an edge that is rounded over about `by` mm. */
export function soften(a: Shape, b: Shape, by: number): Shape {
  return {
    box: meetBoxes(a.box, b.box),
    slope: Math.max(a.slope, b.slope),
    form: { kind: 'soften', of: [a, b], numbers: [by] },
    at(x, y, z) {
      const p = a.at(x, y, z);
      const q = b.at(x, y, z);
      const h = by - Math.abs(p - q);
      return Math.max(p, q) + (h > 0 ? (h * h) / (4 * by) : 0);
    },
  };
}

/** The difference: the first shape without the second. */
export function without(a: Shape, b: Shape): Shape {
  return {
    box: a.box,
    slope: Math.max(a.slope, b.slope),
    form: { kind: 'without', of: [a, b] },
    at(x, y, z) {
      const p = a.at(x, y, z);
      const q = -b.at(x, y, z);
      return Math.max(p, q);
    },
  };
}

/** The shape with its surface moved outwards by `by` mm (inwards if `by` is negative). */
export function grow(shape: Shape, by: number): Shape {
  return {
    box: growBox(shape.box, by),
    slope: shape.slope,
    form: { kind: 'grow', of: [shape], numbers: [by] },
    at: (x, y, z) => shape.at(x, y, z) - by,
  };
}

/** The shape's upper part: below `height` it is as wide as there. */
export function raised(shape: Shape, height: number): Shape {
  return {
    box: shape.box,
    slope: shape.slope,
    form: { kind: 'raised', of: [shape], numbers: [height] },
    at: (x, y, z) => shape.at(x, y, Math.max(z, height)),
  };
}

/** The half-space on the side opposite to `normal`: dot(p − point, normal) < 0. */
export function half(point: Vec3, normal: Vec3): Shape {
  const size = Math.hypot(...normal);
  const [a, b, c] = normal.map((n) => n / size);
  const d = a * point[0] + b * point[1] + c * point[2];
  return {
    box: { low: [-1e4, -1e4, -1e4], high: [1e4, 1e4, 1e4] },
    slope: 1,
    form: { kind: 'half', numbers: [a, b, c, d] },
    at: (x, y, z) => a * x + b * y + c * z - d,
  };
}

/** A rotated and moved shape: `axes` are the directions of its x, y, z in the patient; `origin` is its new origin. */
export function place(shape: Shape, origin: Vec3, axes: readonly [Vec3, Vec3, Vec3]): Shape {
  const [[ux, uy, uz], [vx, vy, vz], [wx, wy, wz]] = axes;
  const [ox, oy, oz] = origin;
  return {
    box: placeBox(shape.box, origin, axes),
    slope: shape.slope,
    form: { kind: 'place', of: [shape], numbers: [...origin, ...axes.flat()] },
    at(x, y, z) {
      const a = x - ox;
      const b = y - oy;
      const c = z - oz;
      return shape.at(a * ux + b * uy + c * uz, a * vx + b * vy + c * vz, a * wx + b * wy + c * wz);
    },
  };
}

function placeBox(box: Box, origin: Vec3, axes: readonly [Vec3, Vec3, Vec3]): Box {
  const middle = [0, 1, 2].map((a) => (box.low[a] + box.high[a]) / 2);
  const reach = [0, 1, 2].map((a) => (box.high[a] - box.low[a]) / 2);
  const side = (sign: number, a: number): number =>
    origin[a] +
    [0, 1, 2].reduce((sum, n) => sum + middle[n] * axes[n][a] + sign * reach[n] * Math.abs(axes[n][a]), 0);
  return {
    low: [side(-1, 0), side(-1, 1), side(-1, 2)],
    high: [side(1, 0), side(1, 1), side(1, 2)],
  };
}

/** A shape with a surface that noise displaces by up to `by` mm, with bumps about `size` mm wide. */
export function rough(shape: Shape, noise: Noise, size: number, by: number): Shape {
  const scale = 2.5 / size;
  return {
    box: growBox(shape.box, by),
    slope: shape.slope + (3 * by) / size,
    form: { kind: 'rough', of: [shape], numbers: [scale, by, ...noise.corner] },
    at(x, y, z) {
      const d = shape.at(x, y, z);
      if (d > 2 * by) return d - by;
      if (d < -2 * by) return d + by;
      return d + by * noise(x * scale, y * scale, z * scale);
    },
  };
}

/** A shape that fills its box. */
export function everywhere(box: Box): Shape {
  return { box, slope: 1, form: { kind: 'everywhere' }, at: () => -1e6 };
}
