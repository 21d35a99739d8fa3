/** Sensitivity of the receive coil over the body. */
import type { Body, Vec3 } from '../volume.ts';
import type { MrProtocol } from './protocol.ts';

/**
 * Fills in the factors on the signal at `out.length` places of a row, mm from each other by `step`; about 1 in the
 * middle of a volume coil. A whole row at once: engines put the numbers of each call on the heap.
 */
export type Coil = (out: Float64Array, first: Vec3, step: Vec3) => void;

export function sensitivity(body: Body, { coil, field }: MrProtocol): Coil {
  const { low, high } = body.bounds;
  const half = [0, 1, 2].map((d) => Math.max(1, (high[d] - low[d]) / 2));
  const middle = [0, 1, 2].map((d) => (high[d] + low[d]) / 2);
  if (coil === 'surface') {
    // A loop behind the back, or in front of a breast: its range equals its width (Haase, Concepts MR 2000, 12: 361).
    const front = body.region === 'breast';
    const surface = front ? low[1] : high[1];
    const radius = 105;
    return (out, [x, y, z], [dx, dy, dz]) => {
      for (let i = 0; i < out.length; i++, x += dx, y += dy, z += dz) {
        const depth = Math.abs(surface - y) + 12;
        const aside = ((x - middle[0]) / 160) ** 2 + ((z - middle[2]) / 260) ** 2;
        out[i] = 0.25 + 1.7 / ((1 + (depth / radius) ** 2) ** 1.5 * (1 + aside));
      }
    };
  }
  // At 3 T waves are as short as the body, so its middle is bright. Volume coils are bright near their elements.
  const centre = coil === 'body' ? 0.02 : -0.14;
  const head = body.region === 'head';
  const wave = field === 3 ? 0.22 : 0.04;
  return (out, [x, y, z], [dx, dy, dz]) => {
    for (let i = 0; i < out.length; i++, x += dx, y += dy, z += dz) {
      const u = (x - middle[0]) / half[0];
      const v = (y - middle[1]) / half[1];
      const w = (z - middle[2]) / half[2];
      const far = Math.min(2, u * u + v * v);
      const bias = 0.05 * u - 0.06 * v;
      const along = 1 - 0.12 * Math.min(1.5, w * w);
      // The coil ends where the body continues beyond the simulated part, so that no picture shows a cut-off patient.
      const end = Math.min(1, Math.max(0, ((head ? -w : Math.abs(w)) - 0.78) / 0.22));
      const left = 1 - 0.92 * end * end * (3 - 2 * end);
      out[i] = (1 - centre * (far - 0.5) - wave * (far - 0.4) * 0.6 + bias) * along * left;
    }
  };
}
