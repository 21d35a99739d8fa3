/**
 * How many images are computed at once: limited by the 4 GiB of a WebAssembly memory. A network's demand doesn't depend
 * on the machine: batch normalisation sees one part of a batch at a time, and a run must give the same result
 * everywhere.
 */
import type { MemoryDemands } from '../types.ts';

/** 4 GiB minus the allocator's fragmentation. */
const BUDGET_BYTES = 3.9e9;
const LARGEST = 128;

export function microBatch({ simd: { networkBytes, imageBytes } }: MemoryDemands, size: number): number {
  const fits = Math.floor((BUDGET_BYTES - networkBytes) / (imageBytes * (size / 224) ** 2));
  return Math.max(1, Math.min(LARGEST, fits));
}
