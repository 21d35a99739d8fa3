/** The whole job through the real pages: drop → datasets → train → results → classify. */
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import {
  addFolder,
  classify,
  configure,
  go,
  open,
  openPractice,
  report,
  train,
  waitForJob,
} from '../../scripts/driver.js';
import { SMALL_PRACTICE, SMALL_SITES } from '../builders/practice.ts';
import { rows } from '../harness/stored.ts';

const ROOT = process.cwd();
const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

test('the practice project goes from files to answers, and nothing leaves the origin', async ({
  page,
  baseURL,
}) => {
  const foreign: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(baseURL!))
      foreign.push(request.url());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));

  await open(page, baseURL!);
  await expectAccessible(page);
  await openPractice(page);

  await go(page, 'data');
  const sites = await page.getByTestId('dataset-row').count();
  expect(sites).toBeGreaterThanOrEqual(12);
  await expectAccessible(page);

  await configure(page, { size: '64', epochs: '2', seed: '1' });
  await expectAccessible(page);
  expect(await train(page)).toBe('finished');

  const result = await report(page);
  expect(result.version).toBe(1);
  expect(result.app.device).toBe('simd');
  expect(result.run.history).toHaveLength(2);
  // ResNet-18 with an output for each of the four, and one for pictures of none.
  expect(result.run.parameters).toBe(11_172_805);
  for (const split of ['train', 'validate', 'test']) {
    const { n, confusion, perDataset } = result.evaluation[split];
    expect(confusion.flat().reduce((sum: number, count: number) => sum + count, 0)).toBe(n);
    expect(perDataset.reduce((sum: number, row: { n: number }) => sum + row.n, 0)).toBe(n);
  }
  await expect(page.getByTestId('confusion-matrix')).toBeVisible();
  await expect(page.getByTestId('per-dataset-table')).toBeVisible();
  await expectAccessible(page);

  await page.emulateMedia({ forcedColors: 'active' });
  await expectAccessible(page);
  await expect(page.locator('tbody [data-label] [data-mark], tbody [data-mark]').first()).toHaveCSS(
    'forced-color-adjust',
    'none',
  );
  await page.emulateMedia({ forcedColors: 'none', media: 'print' });
  await expect(page.getByTestId('printed-title')).toContainText('ResNet-18');
  await expect(page.getByTestId('nav-data')).toBeHidden();
  await expect(page.getByTestId('download-report')).toBeHidden();
  expect(await page.evaluate(() => getComputedStyle(document.body).overflow)).toBe('visible');
  await page.emulateMedia({ media: 'screen' });

  // The report is a page of its own, which opens from a disk under its own policy.
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('download-study').click(),
  ]);
  const sheet = join(mkdtempSync(join(tmpdir(), 'modality-lab-report-')), 'report.html');
  await file.saveAs(sheet);
  const paper = await page.context().newPage();
  paper.on('pageerror', (error) => errors.push(error.message));
  paper.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  paper.on('request', (request) => {
    if (!request.url().startsWith('file:')) foreign.push(request.url());
  });
  await paper.goto(pathToFileURL(sheet).href);
  await expect(paper.getByRole('heading', { level: 2 })).toHaveCount(8);
  await expect(paper.getByRole('img', { name: 'Flow of counts' })).toBeVisible();
  await expect(paper.getByRole('img', { name: /^Confusion matrix of ResNet-18/ })).toBeVisible();
  await paper.setViewportSize({ width: 680, height: 900 });
  expect(await paper.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(680);
  await paper.close();

  // The model is one for ONNX Runtime, too.
  const [onnx] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('download-onnx').click(),
  ]);
  expect(onnx.suggestedFilename()).toMatch(/\.onnx$/);
  const session = await InferenceSession.create(readFileSync(await onnx.path()));
  const images = new Tensor('float32', new Float32Array(2 * 64 * 64).fill(0.5), [2, 1, 64, 64]);
  const { probabilities } = await session.run({ images });
  expect(probabilities.dims).toEqual([2, 4]);
  const [first] = probabilities.data as Float32Array;
  expect(first).toBeGreaterThan(0);
  expect((probabilities.data as Float32Array).slice(0, 4).reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);

  const csv = await classify(page, join(SMALL_PRACTICE, 'practice_tower_pet'));
  expect(csv.trim().split('\n')).toHaveLength(2);
  await expect(page.getByTestId('series-row')).toHaveCount(1);
  await expectAccessible(page);
  await page.getByTestId('series-toggle').click();
  await page.getByTestId('classified-slice').first().click();
  await expect(page.getByTestId('stage')).toHaveAccessibleName(/^Slice 1 of .* original$/);
  await expect(page.getByTestId('tensor')).toBeVisible();

  expect(foreign).toEqual([]);
  expect(errors).toEqual([]);
});

/** What a folder holds, to the byte, and when each file was written. */
function contents(folder: string): [string, number, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [path, statSync(path).mtimeMs, readFileSync(path, 'base64')]);
}

test('a folder dropped twice is stored once, and its files stay as they are', async ({ page, baseURL }) => {
  const files = contents(SMALL_PRACTICE);
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  await expect(page.getByTestId('dataset-row')).toHaveCount(SMALL_SITES.length);
  const before = await page.getByTestId('datasets-table').textContent();
  await addFolder(page, SMALL_PRACTICE);
  expect(await page.getByTestId('datasets-table').textContent()).toBe(before);
  expect(contents(SMALL_PRACTICE)).toEqual(files);
});

test('classifying stores nothing', async ({ page, baseURL }) => {
  await open(page, baseURL!);
  await addFolder(page, join(SMALL_PRACTICE, 'practice_harbour_ct'));
  const before = await rows(page);
  await go(page, 'classify');
  await page.getByTestId('classify-folder').setInputFiles(join(SMALL_PRACTICE, 'practice_tower_pet'));
  await waitForJob(page);
  await expect(page.getByTestId('series-row')).toHaveCount(1);
  expect(await rows(page)).toEqual(before);
});

test('a DICOM Modality that is given a label keeps it over a reload', async ({ page, baseURL }) => {
  await open(page, baseURL!);
  await go(page, 'settings');
  await page.getByTestId('label-map-code').fill('xa');
  await page.keyboard.press('Enter');
  await page.getByTestId('label-map-code').fill('rg');
  await page.getByTestId('label-map-add').click();
  await expect(page.getByTestId('label-map')).toContainText('RG');
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  for (const code of ['XA', 'RG']) await expect(page.getByLabel(`Label of ${code}`)).toHaveValue('XR');
});

test('a slice is looked at in its original while the file is at hand, and again after the folder is dropped again', async ({
  page,
  baseURL,
}) => {
  const openSlice = async () => {
    await page.getByRole('row', { name: /^practice_harbour_ct/ }).click();
    await page.getByTestId('slice').first().click();
    await page.getByTestId('facts').waitFor();
  };
  const inspector = page.getByTestId('slice-drawer');
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  await openSlice();
  await expect(inspector.getByTestId('facts')).toContainText('288 rows × 288 columns');
  await expect(inspector.getByTestId('stage')).toHaveAccessibleName(/original$/);
  await expect(inspector.getByText('Modality values in HU')).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(inspector.getByTestId('stage')).toHaveAccessibleName(/^Slice 2 of /);
  await expectAccessible(page);

  // Back closes what was opened, forward and reload open it again.
  await expect(page).toHaveTitle(/^Data – .* · Modality Lab$/);
  await page.goBack();
  await expect(inspector).toBeHidden();
  await page.goForward();
  await expect(inspector).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector).toBeHidden();

  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  await openSlice();
  await expect(inspector.getByTestId('no-original')).toContainText('Drop the folder again');
  await page.keyboard.press('Escape');
  await addFolder(page, join(SMALL_PRACTICE, 'practice_harbour_ct'));
  await openSlice();
  await expect(inspector.getByTestId('stage')).toHaveAccessibleName(/original$/);
});

test('what is left out of training counts in no split', async ({ page, baseURL }) => {
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  const row = page.getByRole('row', { name: /^practice_north_ct/ });
  await row.click();
  const all = Number(await row.getByRole('cell').nth(4).textContent());
  const localizers = Number((await page.getByTestId('kind-localizer').textContent())?.match(/\d+/)?.[0]);
  expect(localizers).toBeGreaterThan(0);
  await page.getByTestId('leave-out').locator('summary').click();
  await page.getByTestId('leave-localizer').click();
  await expect(row.getByRole('cell').nth(4)).toHaveText(String(all - localizers));
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  await expect(row.getByRole('cell').nth(4)).toHaveText(String(all - localizers));
});

test('a training interrupted by a reload goes on from its checkpoint', async ({ page, baseURL }) => {
  await open(page, baseURL!);
  await addFolder(page, SMALL_PRACTICE);
  await configure(page, { size: '64', epochs: '3', seed: '1' });
  await page.getByTestId('train-start').click();
  // The first epoch's row says that its checkpoint is stored.
  await expect(page.getByTestId('epoch-row')).toHaveCount(1, { timeout: 120_000 });
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
  await go(page, 'train');
  await expect(page.getByTestId('run-interrupted')).toContainText(/Saved at epoch \d, step \d+ of 64/);
  await page.getByTestId('train-resume').click();
  // The results open by themselves, to whoever has watched the run.
  await expect(page.getByTestId('headline')).toBeVisible({ timeout: 240_000 });
  await go(page, 'train');
  await expect(page.getByTestId('run-status')).toHaveAttribute('data-status', 'finished');
  await expect(page.getByTestId('epoch-row')).toHaveCount(3);
});

/** No serious or critical finding of axe on the page as it stands. */
async function expectAccessible(page: Page): Promise<void> {
  // The CSP forbids inline scripts; evaluate runs outside it.
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
}
