/** `toBeCloseToAll`: compares arrays of numbers. */
import { expect } from 'vitest';

/**
 * Where the largest deviation is, and how many times the tolerance. The tolerance is relative to the largest
 * magnitude expected anywhere in the array, because a sum's rounding error scales with its terms, not with what is
 * left of them. NaN agrees with NaN alone.
 */
function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  const scale = Array.from(expected).reduce((largest, v) => Math.max(largest, Math.abs(v)), 1e-6);
  let worst = 0;
  let at = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Object.is(actual[i], expected[i])
      ? 0
      : Math.abs(actual[i] - expected[i]) / (tolerance * scale);
    // Not "error > worst": a NaN where none is expected must count.
    if (!(error <= worst)) {
      worst = Number.isNaN(error) ? Infinity : error;
      at = i;
    }
  }
  return { worst, at };
}

declare module 'vitest' {
  interface Matchers<T> {
    /** Each value within `tolerance` (1e-5) times the largest magnitude expected. */
    toBeCloseToAll(expected: ArrayLike<number>, tolerance?: number): void;
  }
}

expect.extend({
  toBeCloseToAll(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) {
    if (actual.length !== expected.length) {
      return { pass: false, message: () => `expected ${expected.length} values, got ${actual.length}` };
    }
    const { worst, at } = deviation(actual, expected, tolerance);
    return {
      pass: worst <= 1,
      message: () =>
        `value ${at} of ${expected.length} is ${actual[at]}, expected ${expected[at]}: ` +
        `${worst.toFixed(1)} times the tolerance of ${tolerance}`,
    };
  },
});
