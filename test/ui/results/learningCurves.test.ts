/** What Results forecasts from a learning curve over data size, in words. */
import { expect, test } from 'vitest';
import { sizeCurve } from '../../../src/core/train/sizeCurve.ts';
import { sizeTable, summaryOf } from '../../../src/ui/charts/SizeChart.tsx';
import { forecastWords } from '../../../src/ui/results/LearningCurves.tsx';
import { makeSizeRuns } from '../../builders/sizes.ts';

const curveOf = (runs = makeSizeRuns()) => sizeCurve(runs, 'validate', 'slices')!;
const words = (runs = makeSizeRuns()) => forecastWords(curveOf(runs), 'slices', 'validate');

test('twice the data, with how sure that is', () => {
  expect(words()).toMatch(
    /^With twice the slices \(12,800\): 89\.\d.% ± \d\.\d balanced accuracy on validate\.$/,
  );
});

test('one run a size is called little', () => {
  expect(words(makeSizeRuns(undefined, 1))).toContain('One run a size is little');
});

test('a forecast that may be anything is called none', () => {
  const wild = makeSizeRuns((n, seed) => 0.9 - 8 * n ** -0.5 + 0.2 * (seed - 2));
  expect(words(wild)).toMatch(/nothing can be said/);
});

test('where there is no law, it says why', () => {
  expect(words(makeSizeRuns().slice(3))).toBe(
    'Nothing is forecast: a law needs four sizes of the data at least.',
  );
});

test('the chart is told in words and numbers', () => {
  const curve = curveOf();
  expect(summaryOf(curve, 'slices', 'validate')).toMatch(
    /^Balanced accuracy on validate: 73\.\d.% with 800 slices, 87\.\d.% with 6,400\. The law forecasts 89\.\d.% for 12,800\.$/,
  );
  const { head, rows } = sizeTable(curve, 'slices');
  expect(head[0]).toBe('slices');
  expect(rows).toHaveLength(5);
  expect(rows[4].slice(0, 4)).toEqual([12_800, 0, null, null]);
});
