/** Ellipsoids and boxes with rounded walls. */
import type { Vec3 } from '../volume.ts';
import { boxAround, type Shape } from './shape.ts';

/**
 * Ellipsoid along the axes. With k0 = |p/r| and k1 = |p/r²| the distance is about k0 (k0 − 1) / k1, exact to first
 * order at the surface. k0/k1 is between the smallest and the largest radius, so their ratio bounds the step.
 */
export function ellipsoid(centre: Vec3, radii: Vec3): Shape {
  const [cx, cy, cz] = centre;
  const [ix, iy, iz] = [1 / radii[0], 1 / radii[1], 1 / radii[2]];
  const small = Math.min(...radii);
  return {
    box: boxAround(centre, radii),
    slope: Math.max(...radii) / small,
    form: { kind: 'ellipsoid', numbers: [cx, cy, cz, ix, iy, iz, small] },
    at(x, y, z) {
      const a = (x - cx) * ix;
      const b = (y - cy) * iy;
      const c = (z - cz) * iz;
      const k = a * a + b * b + c * c;
      if (k < 1e-6) return -small;
      const k0 = Math.sqrt(k);
      const d = a * ix;
      const e = b * iy;
      const f = c * iz;
      return (k0 * (k0 - 1)) / Math.sqrt(d * d + e * e + f * f);
    },
  };
}

/**
 * Superellipsoid of power 4: a box with rounded walls. The distance is the value divided by the gradient norm,
 * (|p/r|₄ − 1) · smallest radius at worst.
 */
export function block(centre: Vec3, radii: Vec3): Shape {
  const [cx, cy, cz] = centre;
  const [ix, iy, iz] = [1 / radii[0], 1 / radii[1], 1 / radii[2]];
  const small = Math.min(...radii);
  return {
    box: boxAround(centre, radii),
    slope: Math.max(...radii) / small,
    form: { kind: 'block', numbers: [cx, cy, cz, ix, iy, iz, small] },
    at(x, y, z) {
      const a = (x - cx) * ix;
      const b = (y - cy) * iy;
      const c = (z - cz) * iz;
      const a2 = a * a;
      const b2 = b * b;
      const c2 = c * c;
      const k = a2 * a2 + b2 * b2 + c2 * c2;
      if (k < 1e-6) return -small;
      const k0 = Math.sqrt(Math.sqrt(k));
      const d = a2 * a * ix;
      const e = b2 * b * iy;
      const f = c2 * c * iz;
      // The gradient of |p/r|₄ is p³/r⁴ / k0³.
      return ((k0 - 1) * k0 * k0 * k0) / Math.sqrt(d * d + e * e + f * f);
    },
  };
}

/** A drum: an ellipse along z, with flat ends and rounded edges. Its surface is (ρ⁴ + |z/r|⁴)^(1/4) = 1. */
export function drum(centre: Vec3, radii: Vec3): Shape {
  const [cx, cy, cz] = centre;
  const [ix, iy, iz] = [1 / radii[0], 1 / radii[1], 1 / radii[2]];
  const small = Math.min(...radii);
  return {
    box: boxAround(centre, radii),
    slope: Math.max(...radii) / small,
    form: { kind: 'drum', numbers: [cx, cy, cz, ix, iy, iz, small] },
    at(x, y, z) {
      const a = (x - cx) * ix;
      const b = (y - cy) * iy;
      const c = (z - cz) * iz;
      const flat = a * a + b * b;
      const c2 = c * c;
      const k = flat * flat + c2 * c2;
      if (k < 1e-6) return -small;
      const k0 = Math.sqrt(Math.sqrt(k));
      const d = flat * a * ix;
      const e = flat * b * iy;
      const f = c2 * c * iz;
      return ((k0 - 1) * k0 * k0 * k0) / Math.sqrt(d * d + e * e + f * f);
    },
  };
}
