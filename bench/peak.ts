/** The simd device's peak speed: its register tile alone, on all threads, with data in the first-level cache. */
import type { SimdBackend } from '../src/core/engine/devices/simd/backend.ts';

const DEPTH = 128;
const TILES = 20_000;
/** Rows × columns × depth, two operations per multiply-add (wasm/gemm.ts). */
const TILE_OPERATIONS = 2 * 6 * 8 * DEPTH;
/** Bytes of a thread: addresses, the tile, its rows and its panel (wasm/peak.ts); whole cache lines. */
const SCRATCH_BYTES = 64 + 6 * 8 * 4 + (6 + 8) * DEPTH * 4;
const RUNS = 7;

/** GFLOP/s of the fastest run. */
export function peakGflops(simd: SimdBackend): number {
  const { threads } = simd;
  return simd.scratch(SCRATCH_BYTES * threads.count, (scratch) => {
    let fastestMs = Infinity;
    for (let i = 0; i < RUNS; i++) {
      const began = performance.now();
      threads.run('tilePeak', [scratch, SCRATCH_BYTES, DEPTH, TILES]);
      fastestMs = Math.min(fastestMs, performance.now() - began);
    }
    return (threads.count * TILES * TILE_OPERATIONS) / fastestMs / 1e6;
  });
}
