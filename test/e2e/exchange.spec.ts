/** Labels out and in, and files sorted by label, in the built app. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { addFolder, confirmNames, go, open } from '../../scripts/driver.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';

const CT = join(SMALL_PRACTICE, 'practice_harbour_ct');
const TAKE_NAMES = ['export-dataset-names', 'export-file-paths'];

async function exportLabels(page: Page, ticks: readonly string[] = []): Promise<string> {
  await go(page, 'label');
  await page.getByTestId('label-export').click();
  await expect(page.getByTestId('export-facts')).toContainText('of them in a class');
  for (const name of ticks) await page.getByTestId(name).check();
  const saved = page.waitForEvent('download');
  await page.getByTestId('export-csv').click();
  const text = readFileSync(await (await saved).path(), 'utf8');
  await page.keyboard.press('Escape');
  return text;
}

async function importLabels(page: Page, text: string): Promise<void> {
  await go(page, 'label');
  await page.getByTestId('label-import').click();
  const file = { name: 'labels.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await page.getByTestId('import-file').setInputFiles(file);
  await page.getByTestId('import-store').click();
  await expect(page.getByTestId('import-dialog')).toBeHidden();
}

/** Class by series, of an export. */
function classes(text: string): Record<string, string> {
  const [header, ...rows] = text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const at = (name: string) => header.indexOf(name);
  return Object.fromEntries(rows.map((row) => [row[at('series id')], row[at('class id')]]));
}

/** The files below a folder, by their contents. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'datasets.json')
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'base64'))
    .sort();
}

test('labels that are exported, changed and imported again are as before', async ({ page, baseURL }) => {
  await open(page, baseURL!);
  await addFolder(page, CT);
  await confirmNames(page);
  const before = await exportLabels(page);
  expect(before).not.toContain('harbour');
  expect(new Set(Object.values(classes(before)))).toEqual(new Set(['CT']));

  await importLabels(page, 'note;folder;label\r\nby hand;practice_harbour_ct;mr\r\n');
  const named = await exportLabels(page, TAKE_NAMES);
  expect(named).toContain('practice_harbour_ct');
  expect(new Set(Object.values(classes(named)))).toEqual(new Set(['MR']));
  expect(named).toMatch(/,import,/);

  await importLabels(page, before);
  expect(classes(await exportLabels(page))).toEqual(classes(before));
});

test('two readers with the same files in two browsers exchange labels without a name or a path', async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page, baseURL!);
  await addFolder(page, CT);
  await go(page, 'label');
  await page.getByTestId('stack').first().waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('2');
  await expect(page.getByTestId('label-unsaved')).toHaveAttribute('data-unsaved', '0');
  const mine = await exportLabels(page);
  const other = await browser.newContext();
  const colleague = await other.newPage();
  await open(colleague, baseURL!);
  await addFolder(colleague, CT);
  const theirs = await exportLabels(colleague);
  const ids = (text: string) => Object.keys(classes(text));
  expect(ids(theirs).filter((id) => ids(mine).includes(id))).toEqual([]);
  await importLabels(colleague, mine);
  const now = classes(await exportLabels(colleague));
  expect(Object.keys(now)).toEqual(ids(theirs));
  expect(new Set(Object.values(now))).toEqual(new Set(['MR']));
  await other.close();
});

test('files sorted by label are in a zip, and in a folder that is picked', async ({ page, baseURL }) => {
  // The origin's own folder takes the place of one that only a person can pick.
  await page.addInitScript(() => {
    Object.assign(window, {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('sorted', { create: true }),
    });
  });
  await open(page, baseURL!);
  await addFolder(page, CT);
  await go(page, 'label');
  await page.getByTestId('label-sort').click();
  await expect(page.getByTestId('sort-tree')).toContainText('CT');
  const saved = page.waitForEvent('download');
  await page.getByTestId('sort-zip').click();
  const zip = unzipSync(readFileSync(await (await saved).path()));
  expect(
    Object.values(zip)
      .map((bytes) => Buffer.from(bytes).toString('base64'))
      .sort(),
  ).toEqual(contents(CT));
  for (const path of Object.keys(zip)) expect(path).toMatch(/^CT\/dataset 1\/\d{6}\.dcm$/);

  await page.getByTestId('sort-folder').click();
  // What became of the zip is still shown until the folder is picked.
  const names = () =>
    page.evaluate(async () => {
      const found: string[] = [];
      try {
        const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('sorted');
        const folder = await (await root.getDirectoryHandle('CT')).getDirectoryHandle('dataset 1');
        for await (const name of folder.keys()) found.push(name);
      } catch {
        // The folders are not there yet.
      }
      return found.sort();
    });
  await expect.poll(names).toEqual(
    Object.keys(zip)
      .map((path) => path.split('/')[2])
      .sort(),
  );
  await expect(page.getByTestId('sort-result')).toContainText('Copied');
});
