/**
 * Per-channel sums over rows of NHWC data, two at a time: f32 over a run of rows, in a line of accumulators that
 * stays in the L1 cache, then f64 per block of rows. Blocks depend on the shape alone and are added in order.
 *
 * A block's part of the partial sums is f64 [2][wide], then f32 [2][wide] for its runs; wide is the channels rounded
 * up to 4.
 */

/** Rows summed in f32 before the sum is moved to f64. */
export const RUN: i32 = 32;

/** Bytes of one f64 sum over all channels. */
export function wideBytes(channels: i32): usize {
  return (<usize>((channels + 3) & ~3)) << 3;
}

/** Where a block's partial sums start. */
export function partialOf(partials: usize, block: i32, channels: i32): usize {
  return partials + <usize>block * 3 * wideBytes(channels);
}

/** Where the accumulators of a block's run start: wideBytes / 2 for each sum. */
export function runOf(partial: usize, channels: i32): usize {
  return partial + 2 * wideBytes(channels);
}

export function clearPartial(partial: usize, channels: i32): void {
  memory.fill(partial, 0, 3 * wideBytes(channels));
}

/** Adds a run's accumulators to the f64 sums. */
export function flushRun(partial: usize, channels: i32): void {
  const run = runOf(partial, channels);
  const bytes = wideBytes(channels);
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(run + at);
    const low = f64x2.promote_low_f32x4(value);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(value, value, 1, 1));
    const to = partial + 2 * at;
    v128.store(to, f64x2.add(v128.load(to), low));
    v128.store(to, f64x2.add(v128.load(to, 16), high), 16);
  }
  memory.fill(run, 0, bytes);
}

/** A channel's sum number `which` over all blocks. */
export function totalOf(partials: usize, blocks: i32, channels: i32, channel: i32, which: i32): f64 {
  let sum: f64 = 0;
  for (let block = 0; block < blocks; block++) {
    const from = partialOf(partials, block, channels) + <usize>which * wideBytes(channels);
    sum += load<f64>(from + ((<usize>channel) << 3));
  }
  return sum;
}
