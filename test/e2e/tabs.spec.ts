/** Two tabs of one browser: one writes, the other looks on; handing over, deleting, and what comes too late. */
import { expect, type Page, test } from '@playwright/test';
import { addFolder, configure, go, open, waitForRun } from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';
import { rows } from '../harness/stored.ts';

async function trainingInPractice(page: Page, url: string, epochs = '30'): Promise<void> {
  await open(page, url);
  await addFolder(page, SMALL_PRACTICE);
  await configure(page, { size: '64', epochs, seed: '1' });
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('run-phase')).toContainText(/step|Training|\d/, { timeout: 60_000 });
  await expect(page.getByTestId('run-status')).toHaveAttribute('data-status', 'running');
}

test('a second tab shows the training; taking over asks, and the first one saves, stops and says so', async ({
  page,
  context,
  baseURL,
}) => {
  await trainingInPractice(page, baseURL!);
  const second = await context.newPage();
  await open(second, baseURL!, 'train');
  await expect(second.getByTestId('training-elsewhere')).toContainText(/Training in another tab: epoch/);
  await expect(second.getByTestId('run-status')).toContainText('in another tab');
  await expect(second.getByTestId('train-resume')).toHaveCount(0);
  await expect(second.getByTestId('run-interrupted')).toHaveCount(0);

  await second.getByTestId('take-over').click();
  await expect(second.getByTestId('question')).toContainText('saved at its current step');
  await second.getByTestId('question-no').click();
  await expect(page.getByTestId('run-status')).toHaveAttribute('data-status', 'running');

  await second.getByTestId('take-over').click();
  await second.getByTestId('question-yes').click();
  const told = page.getByTestId('notice').filter({ hasText: /saved at step \d+ of epoch \d+/ });
  await expect(told).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('read-only')).toBeVisible();
  await expect(second.getByTestId('read-only')).toHaveCount(0, { timeout: 60_000 });
  await expect(second.getByTestId('train-resume')).toBeEnabled();

  // Nothing of the first tab arrives any more.
  const before = await rows(second);
  await second.waitForTimeout(3000);
  expect(await rows(second)).toEqual(before);
  await second.getByTestId('train-resume').click();
  await expect(second.getByTestId('run-status')).toHaveAttribute('data-status', 'running');
  await expect(page.getByTestId('training-elsewhere')).toBeVisible({ timeout: 30_000 });
});

test('“Delete everything” in one tab ends the training of another project in the other, and nothing comes back', async ({
  page,
  context,
  baseURL,
}) => {
  await trainingInPractice(page, baseURL!);
  const second = await context.newPage();
  await open(second, baseURL!, 'data');
  await second.getByTestId('project-menu').click();
  await second.getByTestId('project-name').fill('Other');
  await second.getByTestId('project-create').click();
  await go(second, 'settings');
  await second.getByTestId('delete-everything').click();
  await second.evaluate(() => Object.assign(globalThis, { before: true }));
  await second.getByTestId('delete-confirm').click();
  await second.waitForFunction(() => !('before' in globalThis));
  await second.locator('[data-ready="true"]').waitFor();

  await expect(page.getByTestId('failure')).toContainText('deleted');
  await second.waitForTimeout(5000);
  const left = Object.entries(await rows(second)).filter(([, count]) => count > 0);
  // What the fresh page has begun: its first project, of which it is the writer, in a new database.
  expect(Object.fromEntries(left)).toMatchObject({ projects: 1, identity: 1, writers: 1 });
  for (const store of [
    'datasets',
    'shards',
    'pixels',
    'runs',
    'checkpoints',
    'pointers',
    'predictions',
    'sizes',
  ])
    expect(left.map(([name]) => name)).not.toContain(store);
});

test('another project is opened only after a question, and the training is resumed where it stood', async ({
  page,
  baseURL,
}) => {
  await trainingInPractice(page, baseURL!, '2');
  const change = async () => {
    await page.getByTestId('project-menu').click();
    await page.getByTestId('project-name').fill('Other');
    await page.getByTestId('project-create').click();
  };
  await change();
  await expect(page.getByTestId('question')).toContainText('is being trained');
  await page.getByTestId('question-no').click();
  await expect(page.getByTestId('project-menu')).toContainText('My project');
  await expect(page.getByTestId('run-status')).toHaveAttribute('data-status', 'running');
  await change();
  await page.getByTestId('question-yes').click();
  await expect(page.getByTestId('project-menu')).toContainText('Other', { timeout: 60_000 });

  await page.getByTestId('project-menu').click();
  await page.getByRole('button', { name: 'My project' }).click();
  await go(page, 'train');
  await page.getByTestId('train-resume').click();
  expect(await waitForRun(page)).toBe('finished');

  await go(page, 'settings');
  await page.getByTestId('delete-project').click();
  await expect(page.getByTestId('question')).toContainText('12 datasets');
  await page.getByTestId('question-yes').click();
  await expect(page.getByTestId('project-menu')).not.toContainText('My project');
  expect(await rows(page)).toMatchObject({ runs: 0, shards: 0, pixels: 0, checkpoints: 0, sizes: 0 });
});

test('a database that vanishes while the app is open is missed at once', async ({ page, baseURL }) => {
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(baseURL!).origin,
    storageTypes: 'all',
  });
  await expect(page.getByTestId('failure')).toContainText('site data');
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
});

test('a newer database is left as it is, and the advice is to update the app', async ({ page, baseURL }) => {
  await page.goto(`${baseURL}icons/icon.svg`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('modality-lab', 99);
        opening.onupgradeneeded = () => opening.result.createObjectStore('later').put(1, 'kept');
        opening.onsuccess = () => resolve(opening.result.close());
      }),
  );
  await page.goto(baseURL!);
  await expect(page.getByTestId('failure')).toContainText('newer version');
  await expect(page.getByTestId('failure')).toContainText('Update the app');
  expect(await rows(page)).toEqual({ later: 1 });
});
