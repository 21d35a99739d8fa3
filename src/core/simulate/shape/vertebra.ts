/** A vertebral body: narrower in the middle, with concave end plates for the discs. */
import type { Shape } from './shape.ts';

/** Half-width along x, half-depth along y, half-height along z, mm; the origin is the middle of the body. */
export function vertebra(w: number, d: number, h: number): Shape {
  return {
    box: { low: [-w, -d, -h], high: [w, d, h] },
    slope: 1.4,
    form: { kind: 'vertebra', numbers: [w, d, h] },
    at(x, y, z) {
      const u = x / w;
      const v = y / d;
      const round = u * u + v * v;
      const t = Math.min(1, Math.abs(z) / h);
      const side = (Math.sqrt(round) - 0.9 - 0.1 * t * t * t) * d;
      const end = Math.abs(z) - h * (0.9 + 0.1 * Math.min(1, round));
      const rim = 2 - Math.abs(side - end);
      return Math.max(side, end) + (rim > 0 ? (rim * rim) / 8 : 0);
    },
  };
}
