/** Whether probabilities mean what they say, on the Results page. */
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Reliability } from '../../src/app/reliability.ts';
import { FAKE_RELIABILITY } from '../fakes/reliability.ts';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});

afterEach(leave);

const panel = () => page.getByTestId('reliability');

async function open(found: Reliability | null, view = {}) {
  show({ ...STATES['results/full'](), view }, () => ({ reliability: async () => found }));
  await expect.element(page.getByTestId('run-status').first()).toBeVisible();
  if (found) await panel().getByRole('heading').click();
}

test('a calibrated run shows both ways of its probabilities, and how it was calibrated', async () => {
  await open(FAKE_RELIABILITY);
  await expect.element(panel()).toHaveTextContent('as the network gives them');
  await expect.element(panel()).toHaveTextContent('as Classify shows them');
  await expect.element(panel()).toHaveTextContent('Temperature 1.84, fitted to 340 slices of 24 series');
  await expect.element(panel()).toHaveTextContent('30 slices of one series count as 2.7 independent ones.');
  await expect.element(panel().getByRole('table')).toBeVisible();
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('the split that it was fitted to is called so', async () => {
  await open(FAKE_RELIABILITY, { split: 'validate' });
  await expect.element(panel()).toHaveTextContent('These are the slices that it was fitted to');
});

test('a run of an earlier version is to be evaluated again', async () => {
  await open({ ...FAKE_RELIABILITY, calibrated: null, calibration: null });
  await expect.element(panel()).toHaveTextContent('evaluate it again');
  await expect.element(panel()).not.toHaveTextContent('as Classify shows them');
});

test('a run whose validate split is too small says what it takes', async () => {
  const full = STATES['results/full']();
  const runs = full.runs.map((run) => ({ ...run, calibration: null }));
  show({ ...full, runs }, () => ({
    reliability: async () => ({ ...FAKE_RELIABILITY, calibrated: null, calibration: null }),
  }));
  await panel().getByRole('heading').click();
  await expect.element(panel()).toHaveTextContent('that takes 50 slices in 10 series');
});

test('where nothing is stored there is nothing to show', async () => {
  await open(null);
  await expect.element(panel()).not.toBeInTheDocument();
});

test('the chart is saved for print, in light colours on white, as SVG and as PNG', async () => {
  const saved: { name: string; drawing: Blob | null }[] = [];
  show(STATES['results/full'](), () => ({
    reliability: async () => FAKE_RELIABILITY,
    download: async (what) => {
      if (what.kind === 'drawing') saved.push(what);
    },
  }));
  await panel().getByRole('heading').click();
  await page.getByTestId('reliability-svg').click();
  await page.getByTestId('reliability-png').click();
  await expect.poll(() => saved.length).toBe(2);
  const [svg, png] = saved.map(({ drawing }) => drawing!);
  const root = new DOMParser().parseFromString(await svg.text(), 'image/svg+xml').documentElement;
  expect(root.getAttribute('width')).toBe('85mm');
  expect(root.querySelector('rect')?.getAttribute('fill')).toBe('#fff');
  expect(root.querySelector('[class]')).toBeNull();
  const text = root.querySelector('text')!.getAttribute('fill')!;
  // Dark on white, though the page is dark.
  expect(
    text
      .match(/\d+/g)!
      .slice(0, 3)
      .map(Number)
      .every((channel) => channel < 140),
  ).toBe(true);
  const bitmap = await createImageBitmap(png);
  expect(bitmap.width).toBe(Math.round((85 / 25.4) * 300));
});
