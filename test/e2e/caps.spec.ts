/** Caps in the app as a user has it: set on the Data page, trained with, reported, undone, and repeated from the record. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import {
  addFolder,
  configure,
  confirmNames,
  go,
  open,
  repeatRun,
  report,
  train,
} from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';

test.setTimeout(300_000);

type Dataset = { slices: Record<string, number>; leftOut: { byCap: number }; fingerprint: string };
const prints = (datasets: Dataset[]) => datasets.map(({ fingerprint }) => fingerprint);

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
  await page.getByTestId('dataset-menu').click();
  await page.getByTestId('open-caps').click();
  await page.getByTestId('cap-CT').fill('3');
  await page.getByTestId('cap-MR').fill('2');
  await page.getByTestId('caps-seed').fill('5');
  await page.getByTestId('caps-set').click();
  await expect(page.getByTestId('caps-chip')).toContainText('kept aside');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('caps-chip')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByTestId('caps-chip')).toContainText('kept aside');
  await page.reload();
  await expect(page.getByTestId('caps-chip')).toContainText('kept aside');

  await configure(page, { preset: 'quick', size: '64', epochs: '1', batch: '8', seed: '3', device: 'simd' });
  expect(await train(page)).toBe('finished');
  const first = await report(page);
  expect(first.manifest.caps).toEqual({ seed: 5, slices: { CT: 3, MR: 2 } });
  const datasets: Dataset[] = first.manifest.datasets;
  for (const { slices } of datasets) {
    expect(slices.CT).toBeLessThanOrEqual(3);
    expect(slices.MR).toBeLessThanOrEqual(2);
  }
  const aside = datasets.reduce((sum, { leftOut }) => sum + leftOut.byCap, 0);
  expect(aside).toBeGreaterThan(0);

  mkdirSync(outputDir, { recursive: true });
  const record = join(outputDir, 'record.json');
  writeFileSync(record, JSON.stringify(first));
  // Another browser: its project hashes every identifier with a key of its own.
  const other = await browser.newContext();
  const second = await other.newPage();
  await readFiles(second, baseURL!);
  expect(await repeatRun(second, record)).toBe('finished');
  const { manifest } = await report(second);
  expect(manifest).toMatchObject({ agrees: true, differences: [], caps: first.manifest.caps });
  expect(prints(manifest.datasets)).not.toEqual(prints(datasets));
  await other.close();
});
