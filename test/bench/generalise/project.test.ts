/** Radiographs projected from a stack of CT slices. */
import { expect, test } from 'vitest';
import { ORIGINAL_SIDE } from '../../../bench/generalise/original.ts';
import { projected } from '../../../bench/generalise/project.ts';

const SIDE = 32;

/** Air with a wall of a material from x = 8 to 12, ten deep in y. */
function stack(hu: number, slices = 8) {
  return {
    side: SIDE,
    slices: Array.from({ length: slices }, () =>
      Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
        const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
        return x >= 8 && x < 12 && y >= 10 && y < 20 ? hu : -1000;
      }),
    ),
  };
}
/** Values of the middle row. */
const rowOf = (given: ReturnType<typeof stack>, direction: number) => {
  const { levels, low, step } = projected(given, direction)!;
  const row = levels.subarray((ORIGINAL_SIDE / 2) * ORIGINAL_SIDE, (ORIGINAL_SIDE / 2 + 1) * ORIGINAL_SIDE);
  return Array.from(row, (level) => low + level * step);
};
const widthOf = (row: number[]) => row.filter((value) => value > Math.max(...row) / 2).length;

test('a wall is narrow from the front and wide from the side', () => {
  const scale = ORIGINAL_SIDE / SIDE;
  expect(Math.abs(widthOf(rowOf(stack(0), 0)) - 4 * scale)).toBeLessThanOrEqual(scale);
  expect(Math.abs(widthOf(rowOf(stack(0), 90)) - 10 * scale)).toBeLessThanOrEqual(scale);
});

test('bone beside water is brighter', () => {
  const both = stack(0);
  for (const slice of both.slices)
    for (let y = 10; y < 20; y++) for (let x = 20; x < 24; x++) slice[y * SIDE + x] = 700;
  const row = rowOf(both, 0);
  const scale = ORIGINAL_SIDE / SIDE;
  expect(row[22 * scale]).toBeGreaterThan(1.3 * row[10 * scale]);
});

test('nothing but air gives no radiograph', () => {
  expect(projected(stack(-1000), 0)).toBeNull();
});
