/** Nothing that names a patient is left behind by the whole job: not at rest, not in exports, not on the console. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { addFolder, configure, go, open, train, waitForJob } from '../../scripts/driver.js';
import { serve } from '../../scripts/server.js';
import { type Canaries, plantCanaries } from '../builders/canaries.ts';
import { type Finds, findInBytes, findInOrigin, findInText, findOnDisk } from '../harness/scan.ts';

const ROOT = process.cwd();
let folder: string;
let planted: Canaries;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modality-lab-privacy-'));
  planted = plantCanaries(folder, 7);
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `work` in a browser of its own, and looks everywhere for the planted strings, before and after it was closed. */
async function findsOf(url: string, work: (page: Page) => Promise<Finds>): Promise<Finds> {
  const profile = join(folder, `profile-${new URL(url).port}`);
  mkdirSync(profile);
  const { launchOptions = {} } = test.info().project.use;
  const launch = async (): Promise<[BrowserContext, Page]> => {
    const context = await chromium.launchPersistentContext(profile, launchOptions);
    return [context, context.pages()[0] ?? (await context.newPage())];
  };
  const finds: Finds = [];
  let [context, page] = await launch();
  context.on('console', (message) => finds.push(...findInText('console', message.text(), planted.marks)));
  context.on('request', (request) => {
    if (request.url().startsWith('blob:')) return;
    finds.push(...findInText('request', decodeURIComponent(request.url()), planted.marks));
  });
  await open(page, url);
  finds.push(...(await work(page)));
  finds.push(...(await findInOrigin(page, planted.marks)));
  await context.close();

  finds.push(...findOnDisk(profile, planted.marks));
  // What blocks on disk may hide by compression shows when the storage is opened again.
  [context, page] = await launch();
  await open(page, url);
  finds.push(...(await findInOrigin(page, planted.marks)));
  await context.close();
  return [...new Set(finds)].sort();
}

/** What a download holds, its name included. */
async function download(page: Page, button: string): Promise<Finds> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  const content = readFileSync(await file.path());
  const names = findInText(`name of ${button}`, file.suggestedFilename(), planted.marks);
  return [...names, ...findInBytes(button, content, planted.marks)];
}

test('the whole job leaves no identifying string behind', async ({ baseURL }) => {
  const finds = await findsOf(baseURL!, async (page) => {
    await addFolder(page, planted.drop);
    // Three that a datasets.json names; one that it names like a person, three folders, and two of an archive.
    await expect(page.getByTestId('dataset-row')).toHaveCount(9);
    await expect(page.getByLabel('Name of dataset Dataset 6')).toBeVisible();
    const offered = page.getByTestId('naming-card').getByRole('checkbox');
    await expect(offered).toHaveCount(6);
    await expect(page.getByTestId('naming-card').getByRole('checkbox', { checked: true })).toHaveCount(0);
    await page.getByTestId('skipped-why').click();
    const exports = await download(page, 'download-skipped');
    await page.keyboard.press('Escape');

    await configure(page, { size: '64', epochs: '1', batch: '8', device: 'simd' });
    expect(await train(page)).toBe('finished');
    await go(page, 'results');
    for (const kind of ['report', 'metrics', 'per-dataset', 'confusion', 'history', 'weights'])
      exports.push(...(await download(page, `download-${kind}`)));

    await go(page, 'classify');
    await page.getByTestId('classify-folder').setInputFiles(planted.classify);
    await waitForJob(page);
    await expect(page.getByTestId('series-row')).toHaveCount(3);
    await page.getByTestId('classify-export').click();
    for (const kind of ['csv', 'slices', 'json', 'page'])
      exports.push(...(await download(page, `download-classify-${kind}`)));
    return exports;
  });
  expect(finds).toEqual([]);
});

test('a build that leaks is found out, and the real one holds nothing of it', async () => {
  const leak = 'out/leak';
  const options = ['--config', 'test/e2e/leak/vite.config.ts', '--outDir', leak, '--logLevel', 'error'];
  const built = spawnSync('npx', ['vite', 'build', ...options], {
    cwd: ROOT,
    shell: process.platform === 'win32',
  });
  expect(built.status, String(built.stderr)).toBe(0);
  const holds = (dist: string) =>
    readdirSync(join(ROOT, dist), { recursive: true, withFileTypes: true }).some(
      (entry) =>
        entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes('modality-lab-leak'),
    );
  expect(holds(leak)).toBe(true);
  expect(holds('dist')).toBe(false);

  const server = await serve(0, leak);
  try {
    const finds = await findsOf(server.url, async (page) => {
      await addFolder(page, planted.drop);
      return [];
    });
    const places = finds.map((find) => find.replace(/: \d+$/, ''));
    for (const place of ['caches', 'console', 'database modality-lab-leak/paths', 'private files'])
      expect(places).toContain(place);
    expect(places.some((place) => place.includes('IndexedDB'))).toBe(true);
  } finally {
    await server.close();
    rmSync(join(ROOT, leak), { recursive: true, force: true });
  }
});
