/** Labels corrected from results, a run trained again on them, and a corrected verdict taken into the project. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  addFolder,
  classify,
  configure,
  go,
  open,
  train,
  trainAgain,
  waitForJob,
} from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';
import { stored } from '../harness/stored.ts';

test('a cell is corrected, the run says so, is trained again, and both are compared', async ({
  page,
  baseURL,
}) => {
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  await configure(page, { size: '64', epochs: '1', seed: '1' });
  expect(await train(page)).toBe('finished');

  await go(page, 'results');
  await expect(page.getByTestId('label-note')).toHaveCount(0);
  const cell = page.locator('[data-testid^="cell-"]:enabled').first();
  await cell.click();
  await page.getByTestId('correct-bar').waitFor();
  // A key means the selected slice: there is none before its picture has come.
  await page.getByTestId('slice').first().waitFor();
  await page.keyboard.press('0');
  await expect(page.getByTestId('slice-mark')).toHaveText('no label');
  await page.getByTestId('correct-these').click();
  await expect(page.getByTestId('label-shown')).toContainText('as judged by');
  await page.goBack();
  await expect(page.getByTestId('slice-drawer')).toBeVisible();
  await page.keyboard.press('Escape');

  const note = page.getByTestId('label-note');
  await expect(note).toContainText('1 label of this split was changed after this run saw it');
  expect(await trainAgain(page)).toBe('finished');
  await go(page, 'results');
  await expect(page.getByTestId('run-parent')).toContainText('1 correction of the labels it used');
  await expect(page.getByTestId('parent-comparison')).toContainText('McNemar’s exact test: p');

  const before = (await stored(page)).count;
  await classify(page, join(SMALL_PRACTICE, 'practice_tower_pet'));
  await page.getByTestId('series-toggle').focus();
  await page.keyboard.press('2');
  await expect(page.getByTestId('series-correction')).toHaveText('you: MR');
  await page.getByTestId('take').click();
  await waitForJob(page);
  await expect(page.getByTestId('notice').filter({ hasText: '1 series is labelled' })).toBeVisible();
  // They were stored already: none is stored twice.
  expect((await stored(page)).count).toBe(before);
});

test('a corrected series that was not stored is stored with the label, under a neutral name', async ({
  page,
  baseURL,
}) => {
  await open(page, baseURL!);
  await addFolder(page, join(SMALL_PRACTICE, 'practice_harbour_ct'));
  const { count } = await stored(page);
  await go(page, 'classify');
  await page.getByTestId('classify-folder').setInputFiles(join(SMALL_PRACTICE, 'practice_tower_pet'));
  await waitForJob(page);
  await page.getByTestId('series-toggle').focus();
  await page.keyboard.press('4');
  await page.getByTestId('take').click();
  await waitForJob(page);
  await expect(page.getByTestId('notice').filter({ hasText: '1 series is labelled' })).toBeVisible();
  expect((await stored(page)).count).toBeGreaterThan(count);
  await go(page, 'data');
  await expect(page.getByTestId('dataset-row')).toHaveCount(2);
  await expect(page.getByTestId('page')).not.toContainText('practice_tower_pet');
  await go(page, 'label');
  // The fourth class.
  await expect(page.locator('[data-testid="stack"][data-label="3"]')).toHaveCount(1);
});

test('classified series are corrected by key, one after the other in both views, and taken into the project', async ({
  page,
  baseURL,
}) => {
  await open(page, baseURL!);
  await addFolder(page, join(SMALL_PRACTICE, 'practice_harbour_ct'));
  const { count } = await stored(page);
  await go(page, 'classify');
  await page.getByTestId('classify-folder').setInputFiles(SMALL_PRACTICE);
  await waitForJob(page);
  await page.getByTestId('classify-table').waitFor();

  await page.keyboard.press('g');
  const place = page.getByTestId('verdict-place');
  await expect(place).toHaveText(/^1 of \d+$/);
  await page.keyboard.press('2');
  await expect(place).toHaveText(/^2 of/);
  await page.keyboard.press('g');
  // The frame of the file itself, read again.
  await expect(page.getByTestId('label-stage')).toHaveAccessibleName(/original$/);
  await page.keyboard.press('3');
  await expect(place).toHaveText(/^3 of/);
  await page.keyboard.press('1');
  await page.keyboard.press('u');
  await expect(place).toHaveText(/^3 of/);
  expect((await stored(page)).count).toBe(count);

  const take = page.getByTestId('take');
  await expect(take).toHaveText('Take 2 corrected series into the project');
  await take.click();
  await waitForJob(page);
  await expect(page.getByTestId('notice').filter({ hasText: '2 series are labelled' })).toBeVisible();
  await expect(page.getByTestId('take-corrected')).toContainText('2 corrected series are in the project.');
  await expect(take).toHaveCount(0);
  expect((await stored(page)).count).toBeGreaterThan(count);
  await go(page, 'label');
  for (const label of ['1', '2'])
    await expect(page.locator(`[data-testid="stack"][data-label="${label}"]`)).toHaveCount(1);
});
