/** Divides [..., C] into blocks of rows for the simd device: by shape alone, so that sums have one order. */

/** Bytes of a block, sized so that two fit in the L1 cache. */
const BLOCK_BYTES = 65536;
/** Maximum number of blocks with partial sums. */
const MAX_BLOCKS = 256;

function blockRows(rows: number, channels: number): number {
  const cached = Math.max(8, Math.floor(BLOCK_BYTES / (4 * channels)));
  return Math.max(cached, Math.ceil(rows / MAX_BLOCKS));
}

export function rowsOf(shape: readonly number[]): { rows: number; channels: number; block: number } {
  const channels = shape[shape.length - 1];
  const rows = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  return { rows, channels, block: blockRows(rows, channels) };
}

/** Two f64 and two f32 sums per channel and block: wasm/sums.ts. */
export function partialBytes(rows: number, channels: number, block: number): number {
  return Math.ceil(rows / block) * 3 * (Math.ceil(channels / 4) * 4) * 8;
}
