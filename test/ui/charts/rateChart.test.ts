/** The chart of a search for a learning rate, for those who don't see it. */
import { expect, test } from 'vitest';
import { rateTable, summaryOf } from '../../../src/ui/charts/RateChart.tsx';
import { makeFinding } from '../../fakes/finding.ts';

test('the curve is told in words and numbers', () => {
  expect(summaryOf([], null)).toBe('No step was made yet.');
  const { points, found } = makeFinding(88, 'ended');
  const words = summaryOf(points, found);
  expect(words).toMatch(/^The loss at 88 rates up to 0\.\d+, from \d\.\d+ to \d+\.\d+\./);
  expect(words).toContain('The smoothed loss falls fastest at');
  const { rows, head } = rateTable(points);
  expect(head).toEqual(['rate', 'loss', 'smoothed loss']);
  expect(rows[40]).toEqual([points[40].rate, points[40].loss, points[40].smoothed]);
});
