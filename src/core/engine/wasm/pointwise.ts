/** Ops that touch each element once: sgd, sums, dropout, running statistics, and the input's bytes. */
import { argument, pointer, real, take } from './control';
import { loadSome, storeSome } from './lanes';

/** Elements per item. */
const BLOCK: i32 = 16384;

/**
 * v' = m·v + (g + d·p); p' = p − r·v'.
 * arguments: 0 p, 1 g, 2 v, 3 p', 4 v', 5 count, 6 rate r, 7 momentum m, 8 weight decay d
 */
export function sgd(_thread: i32): void {
  const count = argument(5);
  const rate = f32x4.splat(real(6));
  const momentum = f32x4.splat(real(7));
  const decay = f32x4.splat(real(8));
  for (let first = take() * BLOCK; first < count; first = take() * BLOCK) {
    const last = min(first + BLOCK, count);
    for (let i = first; i < last; i += 4) {
      const at = (<usize>i) << 2;
      const left = last - i;
      const p = loadSome(pointer(0) + at, left);
      const g = f32x4.add(loadSome(pointer(1) + at, left), f32x4.mul(decay, p));
      const v = f32x4.add(f32x4.mul(momentum, loadSome(pointer(2) + at, left)), g);
      storeSome(pointer(3) + at, f32x4.sub(p, f32x4.mul(rate, v)), left);
      storeSome(pointer(4) + at, v, left);
    }
  }
}

/** sum = a + b. Arguments: 0 a, 1 b, 2 sum, 3 count */
export function add(_thread: i32): void {
  const count = argument(3);
  for (let first = take() * BLOCK; first < count; first = take() * BLOCK) {
    const last = min(first + BLOCK, count);
    for (let i = first; i < last; i += 4) {
      const at = (<usize>i) << 2;
      const left = last - i;
      storeSome(
        pointer(2) + at,
        f32x4.add(loadSome(pointer(0) + at, left), loadSome(pointer(1) + at, left)),
        left,
      );
    }
  }
}

/** The finaliser of src/core/random.ts. */
function mix(x: u32): u32 {
  x ^= x >>> 16;
  x *= 0x21f0aaad;
  x ^= x >>> 15;
  x *= 0x735a2d97;
  return x ^ (x >>> 15);
}

/** y = x·scale where hash32(key, 0, i) ≥ threshold, else 0. Arguments: 0 x, 1 y, 2 count, 3 key, 4 threshold, 5 scale */
export function dropout(_thread: i32): void {
  const count = argument(2);
  const key = mix(mix(<u32>argument(3)));
  const threshold = <u32>argument(4);
  const scale = real(5);
  for (let first = take() * BLOCK; first < count; first = take() * BLOCK) {
    const last = min(first + BLOCK, count);
    for (let i = first; i < last; i++) {
      const at = (<usize>i) << 2;
      const hash = mix(key + <u32>i * 0x9e3779b9);
      const value: f32 = hash >= threshold ? load<f32>(pointer(0) + at) * scale : 0;
      store<f32>(pointer(1) + at, value);
    }
  }
}

/**
 * r' = r + momentum·(b − r), where the variance is made unbiased first.
 * arguments: 0 channels, 1 mean, 2 variance, 3 running mean, 4 running variance, 5 and 6 the new ones, 7 momentum,
 * 8 unbias
 */
export function runningStatistics(_thread: i32): void {
  const channels = argument(0);
  const momentum = real(7);
  for (let c = take(); c < channels; c = take()) {
    const at = (<usize>c) << 2;
    const mean = load<f32>(pointer(3) + at);
    const variance = load<f32>(pointer(4) + at);
    store<f32>(pointer(5) + at, mean + momentum * (load<f32>(pointer(1) + at) - mean));
    store<f32>(pointer(6) + at, variance + momentum * (load<f32>(pointer(2) + at) * real(8) - variance));
  }
}

/** y in [0, 1] from bytes x. Arguments: 0 x, 1 y, 2 count */
export function inputImages(_thread: i32): void {
  const count = argument(2);
  for (let first = take() * BLOCK; first < count; first = take() * BLOCK) {
    const last = min(first + BLOCK, count);
    for (let i = first; i < last; i++) {
      store<f32>(pointer(1) + ((<usize>i) << 2), <f32>(<f64>load<u8>(pointer(0) + <usize>i) / 255));
    }
  }
}
