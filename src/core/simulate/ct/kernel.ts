/** The frequency windows of the reconstruction kernels. */
import type { Kernel } from './protocol.ts';

/**
 * Share of the ramp filter that a kernel passes at a frequency, cycles/mm. At 50 % the kernels resolve about 3, 4 and 8
 * line pairs a centimetre, as vendors' abdominal, standard and bone kernels do (e.g. B30, B40, B70). The bone kernel
 * also amplifies the middle frequencies, which sharpens edges.
 */
export function kernelWindow(kernel: Kernel, frequency: number): number {
  if (kernel === 'soft') return Math.exp(-Math.LN2 * (frequency / 0.3) ** 2);
  if (kernel === 'standard') return Math.exp(-Math.LN2 * (frequency / 0.43) ** 2.4);
  const x = (frequency / 0.45) ** 2;
  return (1 + 0.8 * x * Math.exp(1 - x)) * Math.exp(-Math.LN2 * (frequency / 0.9) ** 4);
}
