/** Window, level and histogram of modality values. */
import { describe, expect, test } from 'vitest';
import { BINS, histogram } from '../../../src/core/image/histogram.ts';
import { draggedWindow, windowEnds, windowed, windowOf } from '../../../src/core/image/window.ts';

describe('a window', () => {
  test('shows its ends black and white, and its centre between', () => {
    const window = { centre: 40, width: 400 };
    expect(windowEnds(window)).toEqual({ low: -160, high: 240 });
    expect([-161, -160, 40, 240, 241].map((hu) => windowed(hu, window))).toEqual([0, 0, 127.5, 255, 255]);
    expect(windowOf({ low: -160, high: 240 })).toEqual(window);
  });

  test('of no width splits at its centre', () => {
    expect([9, 10, 11].map((value) => windowed(value, { centre: 10, width: 0 }))).toEqual([0, 255, 255]);
  });

  // The examples of PS3.3 C.11.2.1.2.1, notes 2 and 3.
  test.each([
    [2048, 4096, 0, 4095],
    [2048, 1, 2047.5, 2047.5],
    [0, 100, -50, 49],
    [0, 1, -0.5, -0.5],
  ])('of whole numbers, %i and %i wide, is black up to %d and white above %d', (centre, width, low, high) => {
    const window = { centre, width, shape: 'linear' as const };
    expect(windowEnds(window)).toEqual({ low, high });
    expect([windowed(low, window), windowed(high + 0.001, window)]).toEqual([0, 255]);
    expect(windowed(centre - 0.5, window)).toBe(width === 1 ? 0 : 127.5);
  });

  test('may be a sigmoid: as steep in the middle, never quite black or white', () => {
    const window = { centre: 100, width: 40, shape: 'sigmoid' as const };
    // PS3.3 C.11.2.1.3.1: 1 / (1 + exp(−4 (x − c) / w)).
    for (const value of [80, 100, 120]) {
      expect(windowed(value, window)).toBeCloseTo(255 / (1 + Math.exp((-4 * (value - 100)) / 40)), 10);
    }
    expect([-1e9, 1e9].map((value) => windowed(value, window))).toEqual([0, 255]);
    expect(windowed(100.01, window) - windowed(100, window)).toBeCloseTo((0.01 * 255) / 40, 4);
  });

  test('keeps its shape while it is dragged', () => {
    const from = { centre: 100, width: 40, shape: 'sigmoid' as const };
    expect(draggedWindow(from, 0, 1, { low: 0, high: 512 })).toEqual({ ...from, centre: 101 });
  });

  test('is dragged by shares of the image’s range: x the width, y the centre', () => {
    const range = { low: 0, high: 1024 };
    expect(draggedWindow({ centre: 100, width: 50 }, 10, -5, range)).toEqual({ centre: 90, width: 70 });
    expect(draggedWindow({ centre: 100, width: 50 }, -9999, 0, range).width).toBe(2);
  });
});

const frame = { index: 0, rows: 1, columns: 1, slope: 1, intercept: 0, instanceNumber: null };

describe('a histogram', () => {
  test('counts every pixel once, in modality values', () => {
    const values = Int16Array.from({ length: 1000 }, (_, i) => i);
    const found = histogram({ ...frame, values, slope: 2, intercept: -1000 })!;
    expect(found).toMatchObject({ low: -1000, high: 998, p1: -980, p99: 978, pixels: 1000 });
    expect(found.bins.reduce((sum, n) => sum + n)).toBe(1000);
    expect(found.bins).toHaveLength(BINS);
  });

  test('leaves out padding and what is not finite', () => {
    const padded = Int16Array.of(-2000, -2000, 0, 10);
    const padding = { low: -2000, high: -2000 };
    expect(histogram({ ...frame, values: padded, padding })).toMatchObject({ low: 0, high: 10, pixels: 2 });
    const floats = Float32Array.of(Number.NaN, 0.25, 0.5, Number.POSITIVE_INFINITY);
    expect(histogram({ ...frame, values: floats })).toMatchObject({ low: 0.25, high: 0.5, pixels: 2 });
    expect(histogram({ ...frame, values: Float32Array.of(Number.NaN) })).toBeNull();
  });

  test('of a negative slope runs from low to high all the same', () => {
    const values = Uint8Array.of(0, 0, 0, 100);
    const found = histogram({ ...frame, values, slope: -1 })!;
    expect([found.low, found.high]).toEqual([-100, 0]);
    expect(found.bins).toHaveLength(101);
    expect([found.bins[0], found.bins[100]]).toEqual([1, 3]);
  });

  test('of a constant image has one full bin', () => {
    const found = histogram({ ...frame, values: new Uint8Array(5).fill(7) })!;
    expect(found).toMatchObject({ low: 7, high: 7, p1: 7, p99: 7 });
    expect(found.bins[0]).toBe(5);
  });
});
