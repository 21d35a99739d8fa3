/** Images on the screen. */
import { expect, test } from 'vitest';
import { fitted, render, zoomed } from '../../../src/core/image/render.ts';

const picture = { rows: 2, columns: 2, values: Int16Array.of(-100, 0, 0, 100), slope: 1, intercept: 0 };
const window = { centre: 0, width: 200 };

function drawn(width: number, height: number, inverted = false, scale?: number): number[] {
  const target = new Uint32Array(width * height);
  const place = scale ? { scale, x: 0, y: 0 } : fitted(picture, width, height);
  render(picture, place, { window, inverted }, { width, height, target });
  return [...target].map((rgba) => rgba & 0xff);
}

test('a magnified pixel is a square of its own gray', () => {
  expect(drawn(4, 4).slice(0, 8)).toEqual([0, 0, 128, 128, 0, 0, 128, 128]);
  expect(drawn(4, 4, true)[0]).toBe(255);
});

test('a shrunk image is averaged, and beside it is black', () => {
  expect(drawn(2, 1, false, 0.5)).toEqual([128, 0]);
});

test('a fitted image keeps its proportions and stands in the middle', () => {
  expect(fitted({ rows: 10, columns: 20 }, 100, 100)).toEqual({ scale: 5, x: 0, y: 25 });
});

test('zooming keeps the point under the pointer', () => {
  const from = { scale: 2, x: 10, y: 20 };
  const to = zoomed(from, 3, 50, 60, 2);
  expect((50 - to.x) / to.scale).toBeCloseTo((50 - from.x) / from.scale);
  expect((60 - to.y) / to.scale).toBeCloseTo((60 - from.y) / from.scale);
});

test('a large image of 16 bits is looked up alike', () => {
  const values = Int16Array.from({ length: 256 * 256 }, (_, i) => (i % 200) - 100);
  const large = { ...picture, rows: 256, columns: 256, values };
  const target = new Uint32Array(256 * 256);
  render(large, { scale: 1, x: 0, y: 0 }, { window, inverted: false }, { width: 256, height: 256, target });
  expect([0, 50, 100, 150].map((i) => target[i] & 0xff)).toEqual([0, 64, 128, 191]);
});
