/** Folders dropped from outside the browser, as a person drops them: what arrives, how it is called, how it comes back. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { addFolder, open, waitForJob } from '../../scripts/driver.js';
import { dicomFile } from '../builders/dicom.ts';
import { makeGood } from '../builders/folders.ts';

let home: string;
let disk: string;

/** A disk of 230 slices in nested folders, one of which has more files than the browser lists at once (100). */
test.beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'modality-lab-drop-'));
  disk = join(home, 'disk');
  const put = (path: string, i: number) => {
    const file = join(disk, path, `IM${i}`);
    mkdirSync(dirname(file), { recursive: true });
    const pixels = Uint8Array.from({ length: 64 }, (_, at) => (at * 7 + i) % 256);
    const image = { rows: 8, columns: 8, pixels, patient: `P${path}`, instance: `1.2.${path.length}.${i}` };
    writeFileSync(file, dicomFile({ ...image, modality: 'CT', series: `1.2.${path.length}` }));
  };
  for (let i = 0; i < 150; i++) put('chest_scans/CT/a/b', i);
  for (let i = 0; i < 60; i++) put('MILLER_ANN_19610304/CT/series', i);
  for (let i = 0; i < 20; i++) put('head_scans/CT', i);
});

test.afterAll(() => rmSync(home, { recursive: true, force: true }));

/** As the browser is told by the system: paths, not files. */
async function dropFolder(page: Page, ...files: string[]): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  await waitForJob(page);
}

const names = (page: Page) => page.getByLabel(/^Name of dataset/);
const values = (page: Page) =>
  names(page).evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value).sort());

test('a dropped folder arrives whole, and its datasets are neutral until their names are confirmed', async ({
  page,
  baseURL,
}) => {
  await open(page, baseURL!);
  await dropFolder(page, disk);
  await expect(page.getByTestId('page')).toContainText('3 datasets · 230 slices');
  expect(await values(page)).toEqual(['Dataset 1', 'Dataset 2', 'Dataset 3']);
  const card = page.getByTestId('naming-card');
  await expect(card).toContainText('MILLER_ANN_19610304');
  await expect(card.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await page.getByTestId('naming-use').click();
  await expect(card).toBeHidden();
  const named = await values(page);
  expect(named).toEqual([expect.stringMatching(/^Dataset \d$/), 'chest_scans', 'head_scans']);

  // By key, and by key again; a text field keeps its own.
  await page.keyboard.press('Control+z');
  await expect(card).toBeVisible();
  expect(await values(page)).toEqual(['Dataset 1', 'Dataset 2', 'Dataset 3']);
  await page.keyboard.press('Control+Shift+Z');
  await expect(card).toBeHidden();
  expect(await values(page)).toEqual(named);
});

test('an exported datasets.json, put beside the folders, brings names, splits and locations back', async ({
  page,
  baseURL,
}) => {
  const copy = join(home, 'copy');
  for (const name of ['chest_scans', 'head_scans'])
    cpSync(join(disk, name), join(copy, name), { recursive: true });
  await open(page, baseURL!);
  await dropFolder(page, copy);
  await page.getByTestId('naming-use').click();
  const row = (name: string) => page.getByTestId('dataset-row').filter({ has: page.getByLabel(name) });
  await row('Name of dataset head_scans').getByRole('combobox').selectOption('test');
  await expect(row('Name of dataset head_scans').getByRole('combobox')).toHaveValue('test');
  await row('Name of dataset chest_scans').getByRole('combobox').selectOption('validate');
  await expect(row('Name of dataset chest_scans').getByRole('combobox')).toHaveValue('validate');
  await page.getByTestId('dataset-menu').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('download-datasets').click(),
  ]);
  const exported = readFileSync(await download.path());
  writeFileSync(join(copy, 'datasets.json'), exported);

  await page.getByTestId('project-menu').click();
  await page.getByLabel('Name of a new project').fill('Again');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('open-practice')).toBeVisible();
  await dropFolder(page, copy);
  expect(await values(page)).toEqual(['chest_scans', 'head_scans']);
  await expect(row('Name of dataset head_scans').getByRole('combobox')).toHaveValue('test');
  await expect(row('Name of dataset chest_scans').getByRole('combobox')).toHaveValue('validate');
});

test('a drop that its page did not survive is told, and its datasets have splits', async ({
  page,
  baseURL,
}) => {
  const many = join(home, 'many');
  makeGood(many, 8000);
  await open(page, baseURL!);
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [many], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  page.on('dialog', (dialog) => void dialog.accept());
  // Some shards are stored by then, and most of the drop is still to come.
  await page.waitForFunction(
    () =>
      (document.querySelector<HTMLProgressElement>('[data-testid="job-bar"] progress')?.value ?? 0) > 2000,
    null,
    { polling: 50 },
  );
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  await expect(page.getByTestId('notice')).toContainText('The last drop was interrupted.');
  const splits = () =>
    page
      .getByTestId('dataset-row')
      .getByRole('combobox')
      .evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value));
  expect(new Set(await splits()).size).toBeGreaterThan(1);

  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  await expect(page.getByTestId('dataset-row').first()).toBeVisible();
  await expect(page.getByTestId('notice')).toHaveCount(0);
});

test('two thousand files are read once, however often and by whichever door they come', async ({
  page,
  baseURL,
}) => {
  const folder = join(home, 'thousands');
  makeGood(folder, 2000);
  await open(page, baseURL!);
  const totals = page.getByTestId('page').getByText(/^\d+ datasets? · /);
  const figures = page.getByTestId('page').getByText(/^2,000 files/);
  const rows = () => page.getByTestId('dataset-row').allInnerTexts();

  await dropFolder(page, folder);
  await expect(totals).toHaveText('4 datasets · 2,000 slices');
  await expect(page.getByTestId('notice')).toContainText('Added 2,000 slices to 4 datasets.');
  await expect(figures).toContainText('2,000 read');
  const first = await rows();

  for (const again of [dropFolder, addFolder]) {
    await again(page, folder);
    await expect(page.getByTestId('notice')).toContainText('Nothing new');
    await expect(totals).toHaveText('4 datasets · 2,000 slices');
    await expect(figures).toContainText('2,000 read');
    expect(await rows()).toEqual(first);
  }
});
