/** Without the server: the copy in the browser opens every page, computes, is renewed when asked, and is checked. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import {
  addFolder,
  classify,
  configure,
  go,
  open,
  openPractice,
  train,
  waitForRun,
} from '../../scripts/driver.js';
import { securityHeaders } from '../../scripts/headers.js';
import { RULE_FILES, WITHDRAWN } from '../../scripts/hosting.js';
import { filesBelow, serve } from '../../scripts/server.js';
import { SMALL_PRACTICE } from '../builders/practice.ts';

test.use({ serviceWorkers: 'allow' });

const PAGES = ['data', 'label', 'train', 'results', 'classify', 'lessons', 'settings'] as const;

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modality-lab-offline-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A browser with a profile on disk. */
async function browser(): Promise<[BrowserContext, Page]> {
  const { launchOptions = {} } = test.info().project.use;
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), launchOptions);
  return [context, context.pages()[0] ?? (await context.newPage())];
}

/** Waits until Settings says what became of the copy. */
async function copyIs(page: Page, state: string): Promise<void> {
  await go(page, 'settings');
  await expect(page.getByTestId('offline-facts')).toHaveAttribute('data-copy', state, { timeout: 60_000 });
}

/** A build that the test may change, its server, and a browser that keeps a copy of it. */
async function keptOfOwnBuild() {
  const dist = join(folder, 'dist');
  cpSync('dist', dist, { recursive: true });
  const server = await serve(0, dist);
  const [context, page] = await browser();
  await open(page, server.url);
  await copyIs(page, 'kept');
  return { dist, server, context, page };
}

/** Of files, with slashes. */
function namesBelow(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

const cached = (page: Page) =>
  page.evaluate(async () => {
    const urls: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        urls.push(decodeURI(new URL(url).pathname));
    return urls.sort();
  });

test('with the server stopped and no network, after a restart of the browser, pages, practice, training and the starter go on, and it can be installed', async () => {
  test.setTimeout(900_000);
  const server = await serve(0);
  let [context, page] = await browser();
  await open(page, server.url);
  await copyIs(page, 'kept');
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  await context.close();
  await server.close();

  [context, page] = await browser();
  await context.setOffline(true);
  const asked: string[] = [];
  context.on('request', (request) => asked.push(new URL(request.url()).origin));
  const answer = await page.goto(server.url);
  // The cached answer has every header: isolation and policy do not end with the server.
  const headers = await answer!.allHeaders();
  for (const [name, value] of Object.entries(securityHeaders()))
    expect(headers[name.toLowerCase()], name).toBe(value);
  for (const name of PAGES) {
    await open(page, server.url, name);
    await expect(page.getByTestId('page').locator('h1, h2').first()).toBeVisible();
  }
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  // A worker takes the policy of its own script.
  const policies = await page.evaluate(async () => {
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    const answers = await Promise.all(scripts.map(({ name }) => fetch(name)));
    return answers.map(({ headers }) => headers.get('Content-Security-Policy'));
  });
  expect(new Set(policies)).toEqual(new Set([securityHeaders()['Content-Security-Policy']]));

  await addFolder(page, SMALL_PRACTICE);
  await configure(page, { size: '64', epochs: '1', batch: '8', device: 'simd' });
  expect(await train(page)).toBe('finished');
  const table = await classify(page, SMALL_PRACTICE, undefined, 'starter');
  expect(table.split('\n').length).toBeGreaterThan(2);
  // The practice project is opened from an empty one.
  await page.getByTestId('project-menu').click();
  await page.getByTestId('project-name').fill('Another');
  await page.getByTestId('project-create').click();
  await expect(page.getByTestId('project-menu')).toContainText('Another');
  await openPractice(page);
  expect(await page.getByTestId('dataset-row').count()).toBeGreaterThanOrEqual(12);
  await expect(page.locator('[data-testid="notice"][data-tone="error"]')).toHaveCount(0);
  await context.close();
  expect(
    [...new Set(asked)].filter((origin) => origin !== new URL(server.url).origin && origin !== 'null'),
  ).toEqual([]);
});

test('what is kept is every file of the build but the servers’ rules and the service worker', async ({
  page,
  baseURL,
}) => {
  await open(page, baseURL!);
  await copyIs(page, 'kept');
  const built = namesBelow('dist')
    .filter((name) => ![...RULE_FILES, 'offline.js'].includes(name))
    .map((name) => `/${name}`);
  expect(await cached(page)).toEqual(built.sort());
});

test('a copy is not made of a file that is not as it was built', async () => {
  cpSync('dist', join(folder, 'dist'), { recursive: true });
  const [name] = readdirSync(join(folder, 'dist', 'assets')).filter((one) => one.startsWith('practice-'));
  const path = join(folder, 'dist', 'assets', name);
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n// changed`);
  const server = await serve(0, join(folder, 'dist'));
  const [context, page] = await browser();
  await open(page, server.url);
  await copyIs(page, 'failed');
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  await context.close();
  await server.close();
});

test('once all tabs are closed, the next one has the new version', async () => {
  const { dist, server, context, page } = await keptOfOwnBuild();
  writeFileSync(join(dist, 'offline.js'), `${readFileSync('dist/offline.js', 'utf8')}\n// later`);
  await page.reload();
  await expect(page.getByTestId('new-version')).toBeVisible({ timeout: 60_000 });
  const next = await context.newPage();
  await page.close();
  // A tab counts as open for a moment after it is closed, and one that is opened in that moment keeps the old version.
  await expect(async () => {
    await next.goto('about:blank');
    await next.waitForTimeout(3000);
    await open(next, server.url, 'settings');
    await copyIs(next, 'kept');
    await expect(next.getByTestId('new-version')).toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  await context.close();
  await server.close();
});

test('an app that is withdrawn goes from the browsers that open it once more', async () => {
  const { dist, server, context, page } = await keptOfOwnBuild();
  rmSync(dist, { recursive: true });
  mkdirSync(dist);
  writeFileSync(join(dist, 'offline.js'), WITHDRAWN);
  writeFileSync(join(dist, 'index.html'), 'moved');
  // Opened once more it still comes from the copy; the browser looks for a newer worker beside.
  await expect(async () => {
    await page.goto(server.url);
    await expect(page.locator('body')).toHaveText('moved', { timeout: 5000 });
  }).toPass({ timeout: 60_000 });
  await context.close();
  await server.close();
});

test('a new version is offered, waits for work in any tab, and leaves an old tab its parts', async () => {
  const dist = join(folder, 'dist');
  cpSync('dist', dist, { recursive: true });
  const later = resolve('out/later');
  const options = ['--config', 'test/e2e/later/vite.config.ts', '--outDir', later, '--logLevel', 'error'];
  const built = spawnSync('npx', ['vite', 'build', ...options], { shell: process.platform === 'win32' });
  expect(built.status, String(built.stderr)).toBe(0);

  const server = await serve(0, dist);
  const [context, page] = await browser();
  await open(page, server.url);
  await copyIs(page, 'kept');
  await page.getByTestId('nav-data').click();
  await page.getByTestId('pick-folder').setInputFiles(SMALL_PRACTICE);
  await expect(page.getByTestId('dataset-row').first()).toBeVisible({ timeout: 60_000 });
  await configure(page, { size: '64', epochs: '40', batch: '8', device: 'simd' });
  await page.getByTestId('train-start').click();
  await page.getByTestId('train-stop').waitFor();

  // A new build in the same place, as after npm start.
  rmSync(dist, { recursive: true });
  cpSync(later, dist, { recursive: true });
  const part = await page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src]')!.src);
  expect((await fetch(part)).status).toBe(404);

  const other = await context.newPage();
  await open(other, server.url, 'settings');
  await expect(other.getByTestId('new-version')).toBeVisible({ timeout: 60_000 });
  await expect(other.getByTestId('about-facts')).not.toContainText('later');
  await other.getByTestId('renew').click();
  await expect(other.getByTestId('notice')).toContainText('Another tab of this app is at work.');
  // Where the work is, the offer waits as well.
  await expect(page.getByTestId('new-version')).toContainText('when what is under way here has ended');
  await expect(page.getByTestId('renew')).toBeDisabled();
  await page.getByTestId('train-stop').click();
  await page.getByTestId('stop-keep').click();
  expect(await waitForRun(page)).toBe('stopped');

  await other.getByTestId('renew').click();
  await expect(other.getByTestId('about-facts')).toContainText('later', { timeout: 60_000 });
  await expect(other.getByTestId('new-version')).toHaveCount(0);
  // The first tab is still of the old version, and so are the parts it loads, which the server has no more.
  await expect(page.getByTestId('new-version')).toBeVisible();
  expect(await page.evaluate((url) => fetch(url).then(({ status }) => status), part)).toBe(200);
  await page.getByTestId('renew').click();
  await go(page, 'settings');
  await expect(page.getByTestId('about-facts')).toContainText('later');

  // Once one tab is left, so is one copy.
  await other.close();
  await page.reload();
  await expect.poll(() => page.evaluate(() => caches.keys()).then(({ length }) => length)).toBe(1);
  await context.close();
  await server.close();
  rmSync(later, { recursive: true, force: true });
});

test('below a path of a server without the headers: the page says what that costs, holds a policy itself, and after a reload the copy has them all', async () => {
  const files = await filesBelow(resolve('dist'));
  const bare = createServer((request, response) => {
    const none = () => response.writeHead(404).end();
    const [, path] = /^\/below(\/.*)/.exec(request.url!) ?? [];
    if (!path) return none();
    request.url = path;
    files(request, response, none);
  });
  await new Promise<void>((done) => bare.listen(0, 'localhost', done));
  const { port } = bare.address() as { port: number };
  const url = `http://localhost:${port}/below/`;
  const [context, page] = await browser();
  await open(page, url);
  const banner = page.getByTestId('headers-lacking');
  await expect(banner).toContainText('Content-Security-Policy');
  await expect(banner).toContainText('one thread only');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  // Another port of this machine is another origin.
  const refused = (to: string) =>
    page.evaluate(
      (address) =>
        new Promise<string>((done) => {
          document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
          void fetch(address).then(
            () => done('sent'),
            () => undefined,
          );
        }),
      to,
    );
  expect(await refused('http://localhost:9/')).toBe('connect-src');
  await page.getByTestId('reload-copy').click();
  await expect(banner).toHaveCount(0);
  await page.locator('[data-ready="true"]').waitFor();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await context.close();
  bare.close();
});

test('npm run package writes the build with a guide as a folder and a zip, and replaces nothing of others', async () => {
  const out = join(folder, 'packed');
  const run = () => spawnSync(process.execPath, ['scripts/package.js', '--out', out], { encoding: 'utf8' });
  const done = run();
  expect(done.status, done.stderr).toBe(0);
  const names = namesBelow(out);
  expect(names).toEqual([...namesBelow('dist'), 'MODALITY-LAB-HOSTING.txt'].sort());
  const zipped = unzipSync(readFileSync(`${out}.zip`));
  expect(Object.keys(zipped).sort()).toEqual(names.map((name) => `packed/${name}`));
  for (const name of names)
    expect(Buffer.compare(zipped[`packed/${name}`], readFileSync(join(out, name))), name).toBe(0);

  rmSync(join(out, 'MODALITY-LAB-HOSTING.txt'));
  const refused = run();
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain('has other files in it');
  expect(namesBelow(out)).toHaveLength(names.length - 1);
});
