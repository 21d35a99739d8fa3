/** The curve of a run has one shape, on the page while it goes on and in the store when it has ended. */
import { expect, test } from 'vitest';
import type { CurvePoint } from '../../../src/core/train/curve.ts';
import { addPoint, MOST_POINTS, rewind } from '../../../src/core/train/curve.ts';

const point = (step: number) => ({ step }) as CurvePoint;
const grown = (steps: number) =>
  Array.from({ length: steps }, (_, i) => point(i + 1)).reduce<CurvePoint[]>(
    (points, next) => addPoint(points, next),
    [],
  );

test('keeps its last point and its order however often it is thinned', () => {
  const points = grown(3 * MOST_POINTS);
  expect(points.length).toBeLessThanOrEqual(MOST_POINTS);
  expect(points.length).toBeGreaterThan(MOST_POINTS / 2);
  expect(points.at(-1)!.step).toBe(3 * MOST_POINTS);
  expect(points.every(({ step }, i) => i === 0 || step > points[i - 1].step)).toBe(true);
});

test('loses what came after the step that a training goes on from', () => {
  const points = [1, 4, 9].map(point);
  expect(rewind(points, 4).map(({ step }) => step)).toEqual([1, 4]);
  expect(rewind(points, 9)).toEqual(points);
});
