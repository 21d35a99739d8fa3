/** What happens to files and stored slices when things go wrong: bad files, kills, deletion, and sheer numbers. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { addFolder, go, open } from '../../scripts/driver.js';
import { makeBad, makeGood } from '../builders/folders.ts';
import { randomFrom } from '../builders/phantom.ts';
import { launchKillable } from '../harness/killable.ts';
import { committed, stored } from '../harness/stored.ts';

/** `npm run kill` and `npm run heap` set them higher. */
const KILLS = Number(process.env.MODALITY_LAB_KILLS ?? 6);
const FILES = Number(process.env.MODALITY_LAB_FILES ?? 3000);
/** Of the moments of the kills; printed, so that a failure can be repeated with `SEED=`. */
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

// "Delete everything" finds a copy of the app to delete.
test.use({ serviceWorkers: 'allow' });

let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modality-lab-robust-'));
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('of 1,000 good and 300 bad files exactly the good are stored, as without the bad', async ({
  page,
  baseURL,
}) => {
  const mixed = join(folder, 'mixed');
  makeGood(mixed, 1000);
  makeBad(join(mixed, 'set 0/CT/bad'), 150);
  makeBad(join(mixed, 'set 1/bad'), 150);
  const clean = join(folder, 'clean');
  makeGood(clean, 1000);

  await open(page, baseURL!);
  await addFolder(page, mixed);
  await expect(page.getByTestId('skipped-why')).toContainText('300 not used');
  const first = await stored(page);
  expect(first).toMatchObject({ count: 1000, distinct: 1000 });

  await addFolder(page, mixed);
  expect(await stored(page)).toEqual(first);

  await openTwin(page);
  await addFolder(page, clean);
  expect(await stored(page)).toEqual(first);
});

/** Another project with the key of the one that is open, so that equal slices get equal keys. */
async function openTwin(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('modality-lab');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('projects', 'readwrite');
          const projects = transaction.objectStore('projects');
          const asked = projects.getAll();
          asked.onsuccess = () => projects.add({ ...asked.result[0], id: 'twin', name: 'Twin' });
          transaction.oncomplete = () => resolve();
          transaction.onabort = () => reject(transaction.error);
          opening.result.close();
        };
      }),
  );
  await page.evaluate(() => localStorage.setItem('modality-lab:project', 'twin'));
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor();
}

test(`killed at ${KILLS} random moments of an ingest, nothing committed is lost and nothing stored twice`, async ({
  page,
  baseURL,
}) => {
  test.setTimeout(60_000 + KILLS * 30_000);
  const files = 1300;
  const many = join(folder, 'many');
  makeGood(many, files);
  await open(page, baseURL!);
  const begunMs = Date.now();
  await addFolder(page, many);
  const wholeMs = Date.now() - begunMs;
  const { content } = await stored(page);
  await page.close();

  console.log(`Moments of the kills: SEED=${SEED}`);
  const random = randomFrom(SEED);
  const left: number[] = [];
  for (let i = 0; i < KILLS; i++) {
    const profile = join(folder, `killed-${i}`);
    mkdirSync(profile);
    const victim = await launchKillable(profile);
    await open(victim.page, baseURL!);
    let acknowledged = 0;
    const endMs = Date.now() + random() * wholeMs;
    await victim.page.getByTestId('pick-folder').setInputFiles(many);
    while (Date.now() < endMs) acknowledged = await committed(victim.page);
    await victim.kill();

    const heir = await launchKillable(profile);
    await open(heir.page, baseURL!);
    const after = await stored(heir.page);
    left.push(after.count);
    expect(after.count).toBeGreaterThanOrEqual(acknowledged);
    expect(after.distinct).toBe(after.count);
    await addFolder(heir.page, many);
    expect(await stored(heir.page)).toMatchObject({ count: files, distinct: files, content });
    await heir.close();
    rmSync(profile, { recursive: true, force: true });
  }
  test.info().annotations.push({ type: 'slices that had been stored', description: left.join(', ') });
});

test('"Delete everything" leaves nothing', async ({ page, baseURL }) => {
  const some = join(folder, 'some');
  makeGood(some, 40);
  await open(page, baseURL!);
  await addFolder(page, some);
  expect(await committed(page)).toBe(40);
  await page.evaluate(() => Object.assign(globalThis, { before: true }));
  await go(page, 'settings');
  await expect(page.getByTestId('offline-facts')).toHaveAttribute('data-copy', 'kept', { timeout: 60_000 });
  expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
  await page.getByTestId('delete-everything').click();
  await page.getByTestId('delete-confirm').click();
  await page.waitForFunction(() => !('before' in globalThis));
  await page.locator('[data-ready="true"]').waitFor();

  const left = await page.evaluate(async () => {
    const rows: Record<string, number> = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name!);
        opening.onsuccess = () => resolve(opening.result);
      });
      for (const store of database.objectStoreNames) {
        rows[`${name}/${store}`] = await new Promise((resolve) => {
          const counting = database.transaction(store).objectStore(store).count();
          counting.onsuccess = () => resolve(counting.result);
        });
      }
      database.close();
    }
    const files: string[] = [];
    const directory = (await navigator.storage.getDirectory()) as unknown as AsyncIterable<[string, unknown]>;
    for await (const [name] of directory) files.push(name);
    return {
      rows: Object.entries(rows).filter(([, count]) => count > 0),
      caches: await caches.keys(),
      files,
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      // A sandboxed page may not even ask.
      serviceWorkers: await navigator.serviceWorker
        ?.getRegistrations()
        .then(({ length }) => length)
        .catch(() => 0),
    };
  });
  // The page that came up again has begun a first project of its own, in a new database, and is its writer.
  expect(left).toEqual({
    rows: [
      ['modality-lab/identity', 1],
      ['modality-lab/projects', 1],
      ['modality-lab/writers', 1],
    ],
    caches: [],
    files: [],
    local: ['modality-lab:project'],
    session: [],
    serviceWorkers: 0,
  });
});

/**
 * Bytes of the page and its workers while files are read. The browser waits a minute for a worker that ends while it
 * measures, as all do when the drop is over: null then.
 */
function measured(page: Page): Promise<number | null> {
  return page.evaluate(async () => {
    const { performance } = globalThis as unknown as {
      performance: { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
    };
    const over = new Promise<null>((resolve) => {
      const look = () => {
        if (document.querySelector('[data-testid="job-bar"]')) setTimeout(look, 100);
        else resolve(null);
      };
      look();
    });
    return Promise.race([performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes), over]);
  });
}

test(`memory stays flat over ${FILES.toLocaleString('en')} files`, async ({ baseURL }) => {
  test.setTimeout(120_000 + FILES * 20);
  const heap = join(folder, 'heap');
  makeGood(heap, FILES);
  const { launchOptions = {} } = test.info().project.use;
  const browser = await chromium.launch({
    ...launchOptions,
    // Measures, with a collection of garbage, when asked instead of when the browser finds the time.
    args: ['--no-sandbox', '--enable-blink-features=ForceEagerMeasureMemory'],
  });
  const page = await browser.newPage();
  await open(page, baseURL!);
  await page.getByTestId('pick-folder').setInputFiles(heap);
  const samples: { slices: number; bytes: number }[] = [];
  const bar = page.getByTestId('job-bar');
  await bar.waitFor();
  do {
    const slices = await committed(page);
    const bytes = await measured(page);
    if (bytes !== null) samples.push({ slices, bytes });
  } while ((await bar.count()) > 0);
  expect(await committed(page)).toBe(FILES);
  await browser.close();

  const most = (from: number, to: number) => {
    const within = samples.filter(({ slices }) => slices >= from * FILES && slices < to * FILES);
    return Math.max(...within.map(({ bytes }) => bytes));
  };
  const [early, late] = [most(0.1, 0.4), most(0.6, 1)];
  const told = samples.map(({ slices, bytes }) => `${slices}: ${Math.round(bytes / 2 ** 20)}`);
  test.info().annotations.push({ type: 'slices: MB', description: told.join(', ') });
  // A slice leaves its key, its row of columns and its file's handle and path: a kilobyte. Up to two shards of 25 MB
  // are in memory at once; on a slow machine the few early samples may have met neither, the late ones both.
  expect(late).toBeLessThan(early + 56 * 2 ** 20 + FILES * 1024);
});
