/** A bent plate within a border: thick at its rim, thin in the middle. */
import type { Vec3 } from '../volume.ts';
import type { Box, Shape } from './shape.ts';

export type Plate = {
  box: Box;
  middle: Vec3;
  /** Directions u and v in the plate, and the direction perpendicular to it. */
  axes: readonly [Vec3, Vec3, Vec3];
  /** Displacement of the plate along the third direction: factors of 1, u, v, u², uv, v². */
  bend: readonly number[];
  /** Half-thickness in the middle, its increase at the rim, and its increase per mm below `foot` along v. */
  thin: number;
  rim: number;
  foot: number;
  growth: number;
  /** u, v of the corners, and how far the plate extends beyond them. */
  border: readonly (readonly [u: number, v: number])[];
  beyond: number;
};

export function plate({ box, middle, axes, bend, thin, rim, foot, growth, border, beyond }: Plate): Shape {
  const [[ux, uy, uz], [vx, vy, vz], [wx, wy, wz]] = axes;
  const [mx, my, mz] = middle;
  const [b0, b1, b2, b3, b4, b5] = bend;
  return {
    box,
    slope: 1.4,
    form: {
      kind: 'plate',
      numbers: [
        ...middle,
        ...axes.flat(),
        ...bend,
        thin,
        rim,
        foot,
        growth,
        beyond,
        border.length,
        ...border.flat(),
      ],
    },
    at(x, y, z) {
      const a = x - mx;
      const b = y - my;
      const c = z - mz;
      const u = ux * a + uy * b + uz * c;
      const v = vx * a + vy * b + vz * c;
      const bent = b0 + b1 * u + b2 * v + b3 * u * u + b4 * u * v + b5 * v * v;
      const far = Math.abs(wx * a + wy * b + wz * c - bent);
      const out = outline(border, u, v) - beyond;
      const thick = thin + rim / (1 + (out * out) / 60) + growth * Math.max(0, foot - v);
      const side = 0.9 * (far - thick);
      const round = 3 - Math.abs(side - out);
      return Math.max(side, out) + (round > 0 ? (round * round) / 12 : 0);
    },
  };
}

/** Distance to the border in the plane of the plate; negative inside. */
function outline(border: Plate['border'], u: number, v: number): number {
  let least = Infinity;
  let inside = false;
  let [pu, pv] = border[border.length - 1];
  for (const [qu, qv] of border) {
    const du = qu - pu;
    const dv = qv - pv;
    const eu = u - pu;
    const ev = v - pv;
    const t = Math.max(0, Math.min(1, (eu * du + ev * dv) / (du * du + dv * dv)));
    const fu = eu - t * du;
    const fv = ev - t * dv;
    least = Math.min(least, fu * fu + fv * fv);
    if (pv > v !== qv > v && u < pu + (du * (v - pv)) / dv) inside = !inside;
    pu = qu;
    pv = qv;
  }
  return inside ? -Math.sqrt(least) : Math.sqrt(least);
}
