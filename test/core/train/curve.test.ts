/** The curve of a run has one shape, on the page while it goes on and in the store when it has ended. */
import { expect, test } from 'vitest';
import type { CurvePoint } from '../../../src/core/train/curve.ts';
import { addPoint, MOST_POINTS, rewind } from '../../../src/core/train/curve.ts';

const point = (step: number) => ({ step }) as CurvePoint;

test('keeps its last point and its order however often it is thinned', () => {
  const points: CurvePoint[] = [];
  for (let step = 1; step <= 3 * MOST_POINTS; step++) addPoint(points, point(step));
  expect(points.length).toBeLessThanOrEqual(MOST_POINTS);
  expect(points.length).toBeGreaterThan(MOST_POINTS / 2);
  expect(points.at(-1)!.step).toBe(3 * MOST_POINTS);
  expect(points.every(({ step }, i) => i === 0 || step > points[i - 1].step)).toBe(true);
});

test('is the same where it is built twice', () => {
  const [page, store]: CurvePoint[][] = [[], []];
  for (let step = 1; step <= 5000; step++) for (const points of [page, store]) addPoint(points, point(step));
  expect(page).toEqual(store);
});

test('loses what came after the step that a training goes on from', () => {
  const points = [1, 4, 9].map(point);
  rewind(points, 4);
  expect(points.map(({ step }) => step)).toEqual([1, 4]);
});
