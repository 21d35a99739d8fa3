/** Caps in the app as a user has it: set on the Data page, trained with, reported, undone, and repeated from the record. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { addFolder, confirmNames, configure, go, open, repeatRun, report, train } from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';

test.setTimeout(300_000);

const slicesOf = (figures: { slices: Record<string, number> }) => figures.slices;

async function readFiles(page: Page, url: string) {
  await open(page, url);
  await addFolder(page, SMALL_PRACTICE);
  await confirmNames(page);
  await go(page, 'data');
}

test('a run learns from the slices that caps leave, and another project repeats it bit for bit', async ({
  page,
  browser,
  baseURL,
}, { outputDir }) => {
  await readFiles(page, baseURL!);
  await page.getByTestId('open-caps').click();
  await page.getByTestId('cap-CT').fill('3');
  await page.getByTestId('cap-MR').fill('2');
  await page.getByTestId('caps-seed').fill('5');
  await page.getByTestId('caps-set').click();
  await expect(page.getByTestId('caps-chip')).toContainText('kept aside');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('caps-chip')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await page.reload();
  await expect(page.getByTestId('caps-chip')).toContainText('kept aside');

  await configure(page, { preset: 'quick', size: '64', epochs: '1', batch: '8', seed: '3', device: 'simd' });
  expect(await train(page)).toBe('finished');
  const first = await report(page);
  expect(first.manifest.caps).toEqual({ seed: 5, slices: { CT: 3, MR: 2 } });
  for (const dataset of first.datasets) {
    expect(slicesOf(dataset).CT).toBeLessThanOrEqual(3);
    expect(slicesOf(dataset).MR).toBeLessThanOrEqual(2);
  }
  const aside = first.datasets.reduce((sum: number, one: any) => sum + one.leftOut.byCap, 0);
  expect(aside).toBeGreaterThan(0);

  const record = join(outputDir, 'record.json');
  writeFileSync(record, JSON.stringify(first));
  // Another browser: its project hashes every identifier with a key of its own.
  const other = await browser.newContext();
  const second = await other.newPage();
  await readFiles(second, baseURL!);
  expect(await repeatRun(second, record)).toBe('finished');
  const { manifest } = await report(second);
  expect(manifest).toMatchObject({ agrees: true, differences: [], caps: first.manifest.caps });
  expect(manifest.datasets.map(({ fingerprint }: any) => fingerprint)).not.toEqual(
    first.manifest.datasets.map(({ fingerprint }: any) => fingerprint),
  );
  expect(JSON.parse(readFileSync(record, 'utf8')).manifest.metrics).toEqual(first.manifest.metrics);
  await other.close();
});
