/** A flat cushion: a breast between two paddles. */
import { block } from './ellipsoid.ts';
import { norm, type Shape } from './shape.ts';

export type Cushion = {
  /** Half sizes along x, y and z, mm. */
  wide: number;
  deep: number;
  t: number;
  /** The sign of x on the side of the axilla; 0: the view does not show the axilla. */
  armpit: number;
};

/** A cushion around the origin with a bulging edge. Towards the axilla, if there is one, it hardly closes. */
export function cushion({ wide, deep, t, armpit }: Cushion): Shape {
  const reach = armpit === 0 ? wide : wide * 2.6;
  const { box } = block([0, 0, 0], [reach, deep, t]);
  const least = Math.min(wide, deep);
  return {
    box,
    slope: 1,
    form: { kind: 'cushion', numbers: [armpit, reach, wide, deep, t, least] },
    at(x, y, z) {
      // Round outline in the view along z, rounded edge in section.
      const u = x / (x * armpit > 0 ? reach : wide);
      const v = y / deep;
      const outline = (Math.sqrt(u * u + v * v) - 1) * least;
      const bulge = outline + t * 0.85;
      const flat = Math.abs(z) - t;
      if (bulge <= 0) return Math.max(flat, outline);
      return Math.max(flat, norm(bulge, Math.abs(z) * 0.85) - t * 0.85);
    },
  };
}
