/** Batch normalisation over N, H and W: statistics in one pass, everything else in another. */
import { argument, pointer, real, take } from './control';
import { loadSome, madd, rectify, storeSome } from './lanes';
import { clearPartial, flushRun, partialOf, RUN, runOf, totalOf, wideBytes } from './sums';

/**
 * Partial sums of (x − pivot) and (x − pivot)² per channel, where the pivot is the first row: this keeps the single
 * pass exact for channels whose mean is far from 0.
 *
 * arguments: 0 x, 1 rows, 2 channels, 3 rows per block, 4 partial sums
 */
export function normSums(_thread: i32): void {
  const x = pointer(0);
  const rows = argument(1);
  const channels = argument(2);
  const block = argument(3);
  const half = wideBytes(channels) >> 1;
  const blocks = (rows + block - 1) / block;
  for (let item = take(); item < blocks; item = take()) {
    const partial = partialOf(pointer(4), item, channels);
    const run = runOf(partial, channels);
    clearPartial(partial, channels);
    const last = min(rows, (item + 1) * block);
    let from = x + ((<usize>(item * block * channels)) << 2);
    for (let row = item * block; row < last; ) {
      const runEnd = min(last, row + RUN);
      for (; row < runEnd; row++) {
        for (let c = 0; c < channels; c += 4) {
          const left = channels - c;
          const at = (<usize>c) << 2;
          const sum = run + at;
          const d = f32x4.sub(loadSome(from + at, left), loadSome(x + at, left));
          v128.store(sum, f32x4.add(v128.load(sum), d));
          v128.store(sum + half, madd(d, d, v128.load(sum + half)));
        }
        from += (<usize>channels) << 2;
      }
      flushRun(partial, channels);
    }
  }
}

/**
 * mean, variance (biased), and the scale and shift of the normalisation.
 * arguments: as normSums, then 5 gamma, 6 beta, 7 mean, 8 variance, 9 scale, 10 shift, 11 epsilon
 */
export function normStatistics(_thread: i32): void {
  const x = pointer(0);
  const rows = argument(1);
  const channels = argument(2);
  const block = argument(3);
  const blocks = (rows + block - 1) / block;
  for (let c = take(); c < channels; c = take()) {
    const at = (<usize>c) << 2;
    const sum = totalOf(pointer(4), blocks, channels, c, 0);
    const squares = totalOf(pointer(4), blocks, channels, c, 1);
    const offset = sum / <f64>rows;
    const mean = <f64>load<f32>(x + at) + offset;
    // `max` keeps NaN; a value rounded below 0 becomes 0.
    const spread = squares / <f64>rows - offset * offset;
    const variance = Math.max(spread, 0);
    const scale = <f64>load<f32>(pointer(5) + at) / Math.sqrt(variance + <f64>real(11));
    store<f32>(pointer(7) + at, <f32>mean);
    store<f32>(pointer(8) + at, <f32>variance);
    store<f32>(pointer(9) + at, <f32>scale);
    store<f32>(pointer(10) + at, <f32>(<f64>load<f32>(pointer(6) + at) - mean * scale));
  }
}

/**
 * y = relu(x · scale + shift + residual).
 * arguments: 0 x, 1 rows, 2 channels, 3 rows per block, 4 scale, 5 shift, 6 residual or 0, 7 y, 8 relu
 */
export function normApply(_thread: i32): void {
  const rows = argument(1);
  const channels = argument(2);
  const block = argument(3);
  const scale = pointer(4);
  const shift = pointer(5);
  const residual = pointer(6);
  const relu = argument(8) !== 0;
  const blocks = (rows + block - 1) / block;
  for (let item = take(); item < blocks; item = take()) {
    let at = (<usize>(item * block * channels)) << 2;
    const last = min(rows, (item + 1) * block);
    for (let row = item * block; row < last; row++) {
      for (let c = 0; c < channels; c += 4) {
        const left = channels - c;
        const from = pointer(0) + at;
        const one = (<usize>c) << 2;
        if (left >= 4) {
          let value = madd(v128.load(from), v128.load(scale + one), v128.load(shift + one));
          if (residual) value = f32x4.add(value, v128.load(residual + at));
          v128.store(pointer(7) + at, rectify(value, relu));
          at += 16;
        } else {
          let value = madd(loadSome(from, left), loadSome(scale + one, left), loadSome(shift + one, left));
          if (residual) value = f32x4.add(value, loadSome(residual + at, left));
          storeSome(pointer(7) + at, rectify(value, relu), left);
          at += (<usize>left) << 2;
        }
      }
    }
  }
}
