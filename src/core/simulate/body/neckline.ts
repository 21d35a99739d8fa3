/** The outline of the neck under the skin: muscles protrude, the nape is concave, and both sides differ slightly. */
import { random } from '../../random.ts';
import type { HeadFrame } from './headframe.ts';

/** Ridges and hollows: direction from the middle (0 to the side, 1 to the back, −1 to the front), width, mm. */
const RELIEF = [
  [-0.2, 0.36, 1.8],
  [-0.66, 0.28, -1.8],
  [0.3, 0.25, -1.4],
  [0.64, 0.3, 1.5],
  [1, 0.12, -2.4],
] as const;

/** Radius in mm of the neck without fat at height z in direction (cos, sin), and the factor of the fat there. */
export function neckline({ patient, fat }: HeadFrame): {
  lean(z: number, cos: number, sin: number): number;
  cover(z: number, cos: number, sin: number): number;
} {
  const dice = random(patient.seed, 15);
  const sides = [-1, 1].map(() =>
    RELIEF.map(([at, width, mm]) => [at + dice.between(-0.06, 0.06), width, mm * dice.between(0.5, 1.4)]),
  );
  const lopsided = dice.between(-1.4, 1.4);
  // From the shoulders, which have their own shape, to the jaw.
  const share = (z: number) => Math.max(0, Math.min(1, (z + 262) / 30, (-108 - z) / 30));
  const nape = 0.15 + 0.03 * fat;
  return {
    lean(z, cos, sin) {
      const on = share(z);
      if (on === 0) return 0;
      let sum = lopsided * cos;
      for (const [at, width, mm] of sides[cos < 0 ? 0 : 1]) {
        const off = (sin - at) / width;
        // Directly at the back and the front, the sine hardly changes between neighbouring directions.
        sum += mm * Math.exp(-(at > 0.9 ? (cos / 0.22) ** 2 : off * off));
      }
      return on * sum;
    },
    // Fat is thick at the nape and thin over the lateral muscles.
    cover: (z, _, sin) => 1 + share(z) * nape * (sin > 0 ? 2 * sin * sin - 0.6 : 0.5 * sin * sin - 0.6),
  };
}
