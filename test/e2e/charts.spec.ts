/** Charts in the built app, under its policy: their library comes when the first is shown, and only then. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { addFolder, open } from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';

const LIBRARY = /\/recharts-[\w-]+\.js/;

test('the library of the charts is loaded with the first chart, breaks no rule of the page, and its drawing is saved', async ({
  page,
  baseURL,
}) => {
  const asked: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await open(page, baseURL!);
  expect(asked.filter((url) => LIBRARY.test(url))).toEqual([]);
  await addFolder(page, SMALL_PRACTICE);
  await expect(page.locator('[data-chart=splits] .recharts-bar-rectangle').first()).toBeVisible();
  expect(asked.filter((url) => LIBRARY.test(url))).toHaveLength(1);
  await page.locator('[data-chart=splits] [role=application]').first().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('[data-chart=splits] [role=status]')).toContainText('Train');
  const [svg] = await Promise.all([page.waitForEvent('download'), page.getByTestId('splits-svg').click()]);
  expect(svg.suggestedFilename()).toBe('modality-lab-splits.svg');
  expect(readFileSync(await svg.path(), 'utf8')).toMatch(/^<svg .*width="180mm"/);
  const [png] = await Promise.all([page.waitForEvent('download'), page.getByTestId('splits-png').click()]);
  // The width in the header of a PNG.
  expect(readFileSync(await png.path()).readUInt32BE(16)).toBe(Math.round((180 / 25.4) * 300));
  expect(errors).toEqual([]);
});

test('a chart whose library does not come says so, and its numbers can be saved', async ({
  page,
  baseURL,
}) => {
  await page.route(LIBRARY, (route) => route.abort());
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  await expect(page.locator('[data-chart=splits]')).toContainText('The chart could not be loaded.');
  await expect(page.getByTestId('splits-svg')).toBeDisabled();
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByTestId('splits-csv').click()]);
  expect(readFileSync(await csv.path(), 'utf8')).toMatch(/^split,class,slices\r\ntrain,/);
});
