/** A server that is gone while a page is open that has no copy of the app: every command says so, nothing stored is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { addFolder, configure, go, open, waitForRun } from '../../scripts/driver.js';
import { serve } from '../../scripts/server.js';
import { makeGood } from '../builders/folders.ts';
import { SMALL_PRACTICE } from '../builders/practice.ts';
import { stored } from '../harness/stored.ts';

const GONE = /The local server of this app is not running/;

let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modality-lab-server-'));
  makeGood(folder, 12);
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The last notice says what is missing, what became of the data, and how to go on. */
async function expectGone(page: Page): Promise<void> {
  const notice = page.locator('[data-testid="notice"][data-tone="error"]').last();
  await expect(notice).toContainText(GONE, { timeout: 60_000 });
  await expect(notice).toContainText('Nothing stored is lost');
  await expect(notice).toContainText('npm start');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
}

test('with the server gone and no copy of the app, adding files, classifying, inspecting and training each say that, and go on once it is back', async ({
  page,
}) => {
  const server = await serve(0);
  await open(page, server.url);
  await addFolder(page, SMALL_PRACTICE);
  const before = await stored(page);
  const port = Number(new URL(server.url).port);
  await server.close();

  await go(page, 'data');
  await page.getByTestId('pick-folder').setInputFiles(folder);
  await expectGone(page);

  await go(page, 'classify');
  await page.getByTestId('classify-folder').setInputFiles(folder);
  await expectGone(page);

  await go(page, 'data');
  await page.getByTestId('dataset-row').first().click();
  await page.getByTestId('slice').first().click();
  await expect(page.getByTestId('no-original')).toContainText(GONE, { timeout: 60_000 });
  await expect(page.getByTestId('no-original')).toContainText('npm start');
  await page.keyboard.press('Escape');

  await configure(page, { size: '64', epochs: '1', seed: '1' });
  await page.getByTestId('train-start').click();
  await expectGone(page);
  // What is stored with the run says the same, after a reload too.
  const interrupted = page.getByTestId('run-interrupted');
  await expect(interrupted).toContainText(GONE);
  expect(await stored(page)).toEqual(before);

  const again = await serve(port);
  await page.getByTestId('train-resume').click();
  expect(await waitForRun(page)).toBe('finished');
  await addFolder(page, folder);
  expect((await stored(page)).count).toBe(before.count + 12);
  await again.close();
});
