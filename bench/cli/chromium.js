/** A page of headless Chromium for a benchmark. */
import { createReadStream } from 'node:fs';
import { filesBelow, listen } from '../../scripts/server.js';
import { ROOT } from '../../scripts/setup.js';

/**
 * Serves a bundle as a page: page.js in its folder, the bundle's files in the sources, and the files of `extra`.
 * @param {string} folder
 * @param {{ body?: string, extra?: (path: string) => string | null }} [options]
 */
export async function serveBundle(folder, { body = '', extra = () => null } = {}) {
  const html = `<!doctype html>${body}<script type="module" src="/page.js"></script>`;
  const sources = await filesBelow(ROOT);
  return listen([
    ({ url }, response, next) => {
      const file = extra(url ?? '');
      if (url === '/') response.setHeader('Content-Type', 'text/html').end(html);
      else if (file === null) next();
      else createReadStream(file).pipe(response);
    },
    await filesBelow(folder),
    // Codecs find their .wasm by their place in the sources.
    (request, response, next) =>
      /^\/(node_modules|src)\//.test(request.url ?? '') ? sources(request, response, next) : next(),
  ]);
}

/** Starts a Chromium. @returns {Promise<import('@playwright/test').Browser>} */
export async function launch() {
  const { chromium } = await import('@playwright/test');
  return chromium.launch(await launchOptions());
}

/** A Chromium with its profile on the disk: without a profile, storage stays in memory. @param {string} profile */
export async function launchWithProfile(profile) {
  const { chromium } = await import('@playwright/test');
  return chromium.launchPersistentContext(profile, await launchOptions());
}

async function launchOptions() {
  const { requireChromium } = await import('../../scripts/browser.js');
  return { executablePath: await requireChromium(), args: ['--no-sandbox'] };
}

/**
 * Calls a function that the page put on its global object.
 * @param {import('@playwright/test').Page} page @param {string} name @param {unknown} given
 * @returns {Promise<unknown>}
 */
export function ask(page, name, given) {
  return page.evaluate(
    ([call, parameter]) => Reflect.get(globalThis, String(call))(parameter),
    [name, given],
  );
}

/**
 * Opens a page and waits until it has that function.
 * @param {import('@playwright/test').Page} page @param {string} url @param {string} name
 */
export async function openPage(page, url, name) {
  await page.goto(url);
  await page.waitForFunction((wanted) => wanted in globalThis, name);
}
