/** The gradient of batch normalisation, and of bias + ReLU: sums in one pass, dx in another. */
import { argument, pointer, real, take } from './control';
import { loadSome, madd, storeSome } from './lanes';
import { clearPartial, flushRun, partialOf, RUN, runOf, totalOf, wideBytes } from './sums';

/** dy where y > 0; without `relu`, dy itself. */
function masked(dy: v128, y: usize, left: i32, relu: bool): v128 {
  if (!relu) return dy;
  return v128.and(dy, f32x4.gt(left >= 4 ? v128.load(y) : loadSome(y, left), f32x4.splat(0)));
}

/**
 * Partial sums of g and g·(x − mean) per channel, where g is dy after the ReLU's mask; g is stored if a residual
 * needs it. Also the gradient of bias + ReLU (x = 0: g alone).
 *
 * arguments: 0 x or 0, 1 rows, 2 channels, 3 rows per block, 4 partial sums, 5 dy, 6 y, 7 mean, 8 relu,
 * 9 g or 0
 */
export function normGradientSums(_thread: i32): void {
  const x = pointer(0);
  const rows = argument(1);
  const channels = argument(2);
  const block = argument(3);
  const dy = pointer(5);
  const y = pointer(6);
  const mean = pointer(7);
  const relu = argument(8) !== 0;
  const g = pointer(9);
  const half = wideBytes(channels) >> 1;
  const blocks = (rows + block - 1) / block;
  for (let item = take(); item < blocks; item = take()) {
    const partial = partialOf(pointer(4), item, channels);
    const run = runOf(partial, channels);
    clearPartial(partial, channels);
    const last = min(rows, (item + 1) * block);
    let at = (<usize>(item * block * channels)) << 2;
    for (let row = item * block; row < last; ) {
      const runEnd = min(last, row + RUN);
      for (; row < runEnd; row++) {
        for (let c = 0; c < channels; c += 4) {
          const left = channels - c;
          const one = (<usize>c) << 2;
          const sum = run + one;
          const d = masked(loadSome(dy + at, left), y + at, left, relu);
          v128.store(sum, f32x4.add(v128.load(sum), d));
          if (x) {
            const away = f32x4.sub(loadSome(x + at, left), loadSome(mean + one, left));
            v128.store(sum + half, madd(d, away, v128.load(sum + half)));
          }
          if (g) storeSome(g + at, d, left);
          at += (<usize>min(left, 4)) << 2;
        }
      }
      flushRun(partial, channels);
    }
  }
}

/**
 * dgamma, dbeta and the coefficients of dx = a·g + b·x + c.
 * With r = 1/√(variance + ε), S = Σg, T = Σg(x − mean), M rows: dgamma = T·r, dbeta = S,
 * dx = gamma·r·(g − S/M − (x − mean)·r²·T/M)   (Ioffe and Szegedy 2015, section 3).
 *
 * arguments: 0 –, 1 rows, 2 channels, 3 rows per block, 4 partial, 5 gamma or 0, 6 mean, 7 variance, 8 dgamma, 9 dbeta,
 * 10 a, 11 b, 12 c, 13 epsilon; without gamma only dbeta is written
 */
export function normGradientStatistics(_thread: i32): void {
  const rows = argument(1);
  const channels = argument(2);
  const block = argument(3);
  const gamma = pointer(5);
  const blocks = (rows + block - 1) / block;
  for (let c = take(); c < channels; c = take()) {
    const at = (<usize>c) << 2;
    const sum = totalOf(pointer(4), blocks, channels, c, 0);
    const products = totalOf(pointer(4), blocks, channels, c, 1);
    store<f32>(pointer(9) + at, <f32>sum);
    if (!gamma) continue;
    const r = 1 / Math.sqrt(<f64>load<f32>(pointer(7) + at) + <f64>real(13));
    const a = <f64>load<f32>(gamma + at) * r;
    const b = (-a * r * r * products) / <f64>rows;
    store<f32>(pointer(8) + at, <f32>(products * r));
    store<f32>(pointer(10) + at, <f32>a);
    store<f32>(pointer(11) + at, <f32>b);
    store<f32>(pointer(12) + at, <f32>((-a * sum) / <f64>rows - b * <f64>load<f32>(pointer(6) + at)));
  }
}

/**
 * dx = a·g + b·x + c, where g is dy after the ReLU's mask.
 * arguments: 0 x or 0, 1 rows, 2 channels, 3 rows per block, 4 a, 5 b, 6 c, 7 dy, 8 y, 9 relu, 10 dx;
 * without x: dx = g
 */
export function normGradientApply(_thread: i32): void {
  const x = pointer(0);
  const rows = argument(1);
  const channels = argument(2);
  const block = argument(3);
  const a = pointer(4);
  const b = pointer(5);
  const c = pointer(6);
  const dy = pointer(7);
  const y = pointer(8);
  const relu = argument(9) !== 0;
  const dx = pointer(10);
  const blocks = (rows + block - 1) / block;
  for (let item = take(); item < blocks; item = take()) {
    let at = (<usize>(item * block * channels)) << 2;
    const last = min(rows, (item + 1) * block);
    for (let row = item * block; row < last; row++) {
      for (let channel = 0; channel < channels; channel += 4) {
        const left = channels - channel;
        const one = (<usize>channel) << 2;
        if (left >= 4) {
          let value = masked(v128.load(dy + at), y + at, left, relu);
          if (x) {
            value = madd(
              v128.load(a + one),
              value,
              madd(v128.load(b + one), v128.load(x + at), v128.load(c + one)),
            );
          }
          v128.store(dx + at, value);
          at += 16;
        } else {
          let value = masked(loadSome(dy + at, left), y + at, left, relu);
          if (x) {
            const rest = madd(loadSome(b + one, left), loadSome(x + at, left), loadSome(c + one, left));
            value = madd(loadSome(a + one, left), value, rest);
          }
          storeSome(dx + at, value, left);
          at += (<usize>left) << 2;
        }
      }
    }
  }
}
