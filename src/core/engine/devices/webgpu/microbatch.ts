/** How many images are computed at once: limited by the memory of their activations. */
import type { MemoryDemands } from '../types.ts';

/** WebGPU doesn't report the amount of memory. With fragmentation the arena then holds 3.5 GiB. */
const BUDGET_BYTES = 3e9;
/** The largest activation of an image of 224×224 in any network: [224, 224, 64]. */
const LARGEST_BYTES = 224 * 224 * 64 * 4;

type Limits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;

export function microBatch({ webgpu }: MemoryDemands, size: number, limits: Limits): number {
  const scale = (size / 224) ** 2;
  const fits = (BUDGET_BYTES - webgpu.networkBytes) / (webgpu.imageBytes * scale);
  const largest = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  return Math.max(1, Math.floor(Math.min(fits, largest / (LARGEST_BYTES * scale))));
}
