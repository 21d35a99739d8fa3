#!/usr/bin/env node
/**
 * Photographs every page in every state (test/make/fakestate.ts) and checks each with axe, for text that does not
 * fit and for a shell that scrolls: `node test/make/screenshots.js OUT [--only data/full] [--sizes 1366x768]
 * [--themes dark,light]`.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { chromiumPath } from '../../scripts/chromium.js';
import { ROOT } from '../../scripts/setup.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: '1366x768' },
    themes: { type: 'string', default: 'dark,light' },
  },
});
const out = positionals[0] ?? join(ROOT, 'out', 'ui');
mkdirSync(out, { recursive: true });

const server = await createServer({
  root: ROOT,
  logLevel: 'error',
  server: { port: 0, hmr: false, watch: null },
});
await server.listen();
const { STATES } = await server.ssrLoadModule('/test/make/fakestate.ts');
const origin = server.resolvedUrls?.local[0] ?? '';
const executablePath = chromiumPath();
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath ? { executablePath } : {}),
});
const axe = readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Things that open only by hand: [view, name, how]. @type {[string, string, (page: import('@playwright/test').Page) => Promise<unknown>][]} */
const OPENED = [
  ['data/full', 'skipped', (page) => page.getByTestId('skipped-why').click()],
  ['data/full', 'slices', (page) => page.getByTestId('slice').nth(4).click()],
  ['data/full', 'stored', (page) => page.getByTestId('slice').nth(5).click()],
  ['data/full', 'window', (page) => page.getByTestId('slice').nth(3).click()],
  [
    'data/full',
    'probe',
    async (page) => {
      await page.getByTestId('slice').nth(4).click();
      await page.getByTestId('histogram').waitFor();
      await page.keyboard.press('Shift+Digit4');
      await page.keyboard.press('i');
      for (let i = 0; i < 4; i++) await page.keyboard.press('+');
      for (let i = 0; i < 20; i++) await page.keyboard.press('Shift+ArrowRight');
    },
  ],
  [
    'data/full',
    'leave',
    async (page) => {
      await page.getByTestId('leave-out').locator('summary').click();
      await page.getByTestId('leave-localizer').check();
      await page.getByTestId('kind-localizer').click();
    },
  ],
  ['data/skipped', 'list', (page) => page.getByTestId('skipped-why').click()],
  [
    'data/skipped',
    'group',
    async (page) => {
      await page.getByTestId('skipped-why').click();
      await page.getByTestId('skipped-group').nth(1).click();
    },
  ],
  [
    'classify/full',
    'inspect',
    async (page) => {
      await page.getByTestId('series-toggle').nth(1).click();
      await page.getByTestId('classified-slice').first().click();
    },
  ],
  [
    'classify/full',
    'unreadable',
    async (page) => {
      await page.getByTestId('series-toggle').nth(1).click();
      await page.getByTestId('classified-slice').nth(2).click();
    },
  ],
  ['data/full', 'keys', (page) => page.keyboard.press('?')],
  ['data/full', 'projects', (page) => page.getByTestId('project-menu').click()],
  ['data/full', 'drop', dragOver],
  ['classify/ready', 'drop', dragOver],
  ['train/ready', 'advanced', (page) => page.getByTestId('train-advanced').locator('summary').click()],
  [
    'train/running',
    'tooltip',
    async (page) => {
      await page.getByText('log loss').click();
      await page.mouse.move(760, 330);
    },
  ],
  ['train/finished', 'delete', (page) => page.getByTestId('run-delete').click()],
  ['results/full', 'cell', (page) => page.locator('[data-testid^=cell-]').nth(1).click()],
  [
    'results/full',
    'compare',
    async (page) => {
      await page.getByTestId('run-compare').first().check();
      await page.getByTestId('run-compare').last().check();
    },
  ],
  ['classify/full', 'open', (page) => page.getByTestId('series-toggle').nth(1).click()],
  ['classify/full', 'differs', (page) => page.getByText(/^Differs/).click()],
  ['classify/full', 'skipped', (page) => page.getByText(/^Skipped/).click()],
  ['settings/full', 'delete', (page) => page.getByTestId('delete-everything').click()],
];

/** @param {import('@playwright/test').Page} page */
async function dragOver(page) {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.dcm'));
    window.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true }));
  });
}

let problems = 0;
for (const size of options.sizes.split(',')) {
  const [width, height] = size.split('x').map(Number);
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => report(`page: ${error.message}`));
  for (const theme of options.themes.split(',')) {
    for (const view of Object.keys(STATES)) await shoot(page, view, null, theme, size);
    for (const [view, name, open] of OPENED) await shoot(page, view, { name, open }, theme, size);
  }
  await page.close();
}
await browser.close();
await server.close();
console.log(problems === 0 ? 'No problems found.' : `${problems} problems found.`);
process.exit(problems === 0 ? 0 : 1);

/** @param {string} problem */
function report(problem) {
  problems++;
  console.log(`  ${problem}`);
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} view
 * @param {{ name: string, open: (page: import('@playwright/test').Page) => Promise<unknown> } | null} opened
 * @param {string} theme
 * @param {string} size
 */
async function shoot(page, view, opened, theme, size) {
  const full = opened ? `${view}+${opened.name}` : view;
  if (!full.startsWith(options.only)) return;
  const [name, state] = view.split('/');
  console.log(`${full} ${theme} ${size}`);
  await page.mouse.move(0, 0);
  await page.goto(`${origin}test/make/harness.html?page=${name}&state=${state}&theme=${theme}`);
  await page.getByTestId('page').waitFor();
  await page.waitForLoadState('networkidle');
  if (opened) await opened.open(page).catch((error) => report(`not opened: ${error.message.split('\n')[0]}`));
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(out, `${full.replace('/', '-')}.${theme}.${size}.png`) });
  for (const problem of await page.evaluate(misfits)) report(problem);
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    // @ts-expect-error axe is the script just added
    window.axe.run(document, { resultTypes: ['violations'] }),
  );
  for (const { id, impact, nodes } of found.violations) {
    if (impact !== 'serious' && impact !== 'critical') continue;
    report(
      `axe ${impact} ${id}: ${nodes.map((/** @type {{ target: string[] }} */ node) => node.target[0]).join(' , ')}`,
    );
  }
}

/** Elements whose text is cut off without an ellipsis, and a document that scrolls. Runs in the page. */
function misfits() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight)
    found.push('the shell scrolls');
  for (const element of document.querySelectorAll('main *, header *, footer *, dialog[open] *')) {
    if (!(element instanceof HTMLElement) || element.className.toString().includes('spoken')) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!own || element.offsetParent === null) continue;
    const style = getComputedStyle(element);
    if (style.textOverflow === 'ellipsis' || style.display === 'inline' || style.visibility === 'hidden')
      continue;
    if (element.scrollWidth > element.clientWidth + 1) {
      found.push(`text does not fit: "${element.textContent?.slice(0, 40)}" in ${element.className}`);
    }
  }
  return found;
}
