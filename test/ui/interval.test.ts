/** Intervals as pages show them. */
import { expect, test } from 'vitest';
import { type FigureInterval, wilsonOf } from '../../src/core/evaluate/interval.ts';
import { clustersText, intervalText, intervalTitle } from '../../src/ui/interval.ts';

const RESAMPLED: FigureInterval = {
  ...{ low: 0.912, high: 0.954 },
  ...{ method: 'bootstrap', by: 'patient', clusters: 40, resamples: 2000 },
};

test('an interval stands in the unit of its figure', () => {
  expect(intervalText(RESAMPLED)).toBe('91.2–95.4\u202f%');
  expect(intervalText({ ...RESAMPLED, low: -0.02 }, 'decimal')).toBe('-0.020–0.954');
});

test('an interval says what it takes as independent, and how it was made', () => {
  expect(clustersText(RESAMPLED)).toBe('by 40 patients');
  expect(clustersText(wilsonOf(1, 'patient', 1)!)).toBe('by 1 patient');
  expect(clustersText(wilsonOf(1, 'series', 12)!)).toBe('by 12 series');
  expect(intervalTitle(RESAMPLED)).toBe('95 % interval: the percentiles of 2,000 resamples of 40 patients');
  expect(intervalTitle(wilsonOf(1, 'series', 12)!)).toMatch(/^95 % interval \(Wilson\), with 12 series as/);
  expect(intervalTitle(wilsonOf(0.9, 'slice', 500)!)).toContain('as if slices were independent');
});
