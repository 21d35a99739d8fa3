/** Borders between the compartments of the brain: the midline with the falx, and the tentorium with its ridges. */
import type { Noise } from '../noise.ts';
import { norm } from '../shape/shape.ts';

/** mm to the left: the falx is seldom exactly in the middle, and seldom flat. */
export function middleOf(noise: Noise, y: number, z: number): number {
  return 0.6 + 2.8 * noise(2.3, y * 0.06, z * 0.06);
}

/** The lower border of the falx. Around the corpus callosum the hemispheres touch without a falx between them. */
export function hasFalx(y: number, z: number): boolean {
  return z > 44 - 0.12 * y || y < -54 || y > 52;
}

/**
 * mm above the floor of the cerebrum, < 0 in the posterior fossa. The floor is the tentorium, and the petrous ridges in
 * front of it. The tentorium slopes from the notch down to the sinuses behind and to the petrous ridges at the sides.
 */
export function aboveFloor(x: number, y: number, z: number): number {
  const aside = Math.abs(x);
  const roof = -8 - (0.5 - 0.002 * (y - 30)) * (y - 30) - (0.36 - 0.0014 * aside) * aside;
  let above = z - Math.min(-4, roof);
  let steep = 0.6;
  if (y < 32 && aside > 12) {
    above += 0.1 * (aside - 12) * (32 - y);
    steep = 0.36 + 0.1 * (32 - y);
  }
  const ridge = -12 + 0.75 * Math.max(0, aside - 13);
  return Math.max(above / norm(1, steep), (ridge - y) * 0.8);
}
