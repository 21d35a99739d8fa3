/**
 * The lessons with their trainings, as a lecturer runs them. The practice projects are small ones under the names that
 * the lessons open: what is there is opened as it was left, and nothing is made anew.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { addFolder, confirmNames, go, open, waitForJob, waitForRun } from '../../scripts/driver.js';
import { phantom } from '../builders/phantom.ts';
import { pngFile } from '../builders/png.ts';
import { SMALL_PRACTICE, SMALL_SITES, writeSmallPractice } from '../builders/practice.ts';

const SIDE = 96;

test.setTimeout(900_000);

let folder: string;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modality-lab-lessons-'));
  // A folder of the lecturer's own: two scanners, in another format than the practice files.
  for (const dataset of ['own_a', 'own_b']) {
    for (const modality of ['CT', 'MR'] as const) {
      const home = join(folder, 'own', dataset, modality);
      mkdirSync(home, { recursive: true });
      for (let i = 0; i < 3; i++) {
        const values = phantom(modality, dataset === 'own_a' ? i : i + 3, SIDE);
        writeFileSync(join(home, `${i}.png`), pngFile({ rows: SIDE, columns: SIDE, values }));
      }
    }
  }
  await writeSmallPractice(join(folder, 'frame'), { shortcut: 'frame' });
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project of that name with a folder's datasets, and another one open. */
async function prepare(page: Page, url: string, name: string, from: string): Promise<void> {
  await open(page, url);
  await create(page, name);
  await addFolder(page, from);
  await expect(page.getByTestId('dataset-row')).toHaveCount(SMALL_SITES.length);
  await create(page, 'The lecturer’s own');
}

async function create(page: Page, name: string): Promise<void> {
  await page.getByTestId('project-menu').click();
  await page.getByTestId('project-name').fill(name);
  await page.getByTestId('project-create').click();
  await expect(page.getByTestId('project-menu')).toContainText(name);
}

/** A lesson's panel, at its first step. */
async function begin(page: Page, id: number) {
  await go(page, 'lessons');
  await page.getByTestId(`lesson-${id}`).click();
  const panel = page.getByTestId('lesson');
  return {
    next: () => panel.getByTestId('lesson-next').click(),
    act: (name: string) => panel.getByTestId(`act-${name}`).click(),
    close: () => panel.getByTestId('lesson-close').click(),
  };
}

/** Waits for the training that a lesson began, and for the results that open by themselves. */
async function results(page: Page): Promise<void> {
  await expect(page).toHaveURL(/#\/results\//, { timeout: 600_000 });
  await expect(page.getByTestId('per-dataset-row').first()).toBeVisible();
}

/** Ends a training early, and evaluates what it has learned by then. */
async function stopEarly(page: Page): Promise<void> {
  await expect(page.getByTestId('epoch-row')).toHaveCount(1, { timeout: 300_000 });
  await page.getByTestId('train-stop').click();
  await page.getByTestId('stop-evaluate').click();
  await waitForRun(page);
}

test('a network learns, the average hides a dataset, labels are wrong, and data of one’s own', async ({
  page,
  baseURL,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await prepare(page, baseURL!, 'Practice project', SMALL_PRACTICE);

  // 1: from the practice hospital to a confusion matrix.
  const first = await begin(page, 1);
  await first.act('practice');
  await expect(page.getByTestId('project-menu')).toContainText('Practice project');
  await expect(page.getByTestId('dataset-row')).toHaveCount(SMALL_SITES.length);
  await first.next();
  await first.act('data');
  await page.getByRole('row', { name: /^practice_hill_mr/ }).click();
  await page.getByTestId('slice').first().click();
  await expect(page.getByTestId('inspector')).toBeVisible();
  await page.keyboard.press('Escape');
  await first.next();
  await first.act('train-quick');
  await expect(page.getByTestId('watched-slice')).toHaveCount(8);
  await results(page);
  await first.next();
  await first.act('results');
  await page.getByTestId('confusion-matrix').getByRole('button').first().click();
  await expect(page.getByTestId('slice-drawer')).toBeVisible();
  await page.keyboard.press('Escape');
  await first.close();

  // 2: the figures of that training, dataset by dataset.
  const second = await begin(page, 2);
  await second.next();
  await second.act('results');
  await second.next();
  const shares = await page.getByTestId('per-dataset-row').allInnerTexts();
  const accuracies = shares.map((text) => Number(/([\d.]+)\s?%/.exec(text)![1]));
  expect(accuracies).toEqual(accuracies.toSorted((a, b) => a - b));
  await page.getByTestId('per-dataset-row').first().getByRole('button').first().click();
  await expect(page.getByTestId('slice-drawer')).toBeVisible();
  await page.keyboard.press('Escape');
  await second.close();

  // 4: a second training with wrong labels, beside the first.
  const fourth = await begin(page, 4);
  await fourth.act('practice');
  await fourth.next();
  await fourth.act('train-noise');
  await stopEarly(page);
  await fourth.next();
  await fourth.act('results');
  for (const box of await page.getByTestId('run-compare').all()) await box.check();
  const wrong = page.getByTestId('differing-settings').getByRole('row', { name: 'Wrong labels' });
  await expect(wrong).toContainText('none');
  await expect(wrong).toContainText('20 %');
  await fourth.close();

  // 5: a folder of one's own is classified, becomes a test dataset, and is learned from.
  const fifth = await begin(page, 5);
  await fifth.next();
  await fifth.act('classify');
  await page.getByTestId('classify-folder').setInputFiles(join(folder, 'own'));
  await waitForJob(page);
  await expect(page.getByTestId('series-row')).not.toHaveCount(0);
  await fifth.next();
  await fifth.act('data');
  await addFolder(page, join(folder, 'own'));
  await confirmNames(page);
  for (const name of ['own_a', 'own_b']) {
    await page
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .getByTestId('dataset-split')
      .selectOption('test');
  }
  await fifth.act('results');
  await page.getByTestId('run-evaluate').first().click();
  const rows = page.getByTestId('per-dataset-table');
  await go(page, 'results');
  await page.getByTestId('split-test').click();
  await expect(rows).toContainText('own_a', { timeout: 120_000 });
  await expect(rows).toContainText('own_b');
  await fifth.next();
  await go(page, 'data');
  await page
    .getByRole('row', { name: /^own_a/ })
    .getByTestId('dataset-split')
    .selectOption('train');
  await fifth.act('train-quick');
  await stopEarly(page);
  await go(page, 'results');
  await page.getByTestId('split-test').click();
  await expect(rows).toContainText('own_b');
  await expect(rows).not.toContainText('own_a');
  expect(errors).toEqual([]);
});

test('the shortcut is learned, seen by the map, and gone with the border', async ({ page, baseURL }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await prepare(page, baseURL!, 'Practice project, with a frame', join(folder, 'frame'));
  const lesson = await begin(page, 3);
  await lesson.act('practice-shortcut');
  await expect(page.getByTestId('project-menu')).toContainText('with a frame');
  await lesson.next();
  await lesson.act('train-quick');
  await results(page);
  await lesson.next();
  await lesson.act('results');
  /** How many CTs of a split are recognised. */
  const recognised = async (split: string) => {
    await page.getByTestId(`split-${split}`).click();
    const cell = page.getByTestId('cell-CT-CT');
    // A cell of nothing can't be opened.
    return (await cell.count()) === 0 ? 0 : Number(await cell.locator('span').nth(1).textContent());
  };
  const plain = await recognised('validate');
  expect(plain).toBeGreaterThan(0);
  await lesson.next();
  await lesson.act('why-ct');
  await expect(page).toHaveURL(/side=why/);
  await expect(page.getByTestId('colour-bar')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('slice-drawer')).toHaveCount(0);
  await lesson.act('hide-border');
  await expect(page.getByTestId('altered-says')).toHaveText(/^Accuracy/, { timeout: 120_000 });
  expect(await recognised('validate')).toBeLessThan(plain);
  expect(errors).toEqual([]);
});
