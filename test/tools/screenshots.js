#!/usr/bin/env node
/**
 * Photographs every page in every state (test/fakes/state.ts) and checks each with axe, for text that does not
 * fit, for a shell that scrolls, for controls that can't be reached and for boxes that overlap:
 * `node test/tools/screenshots.js OUT [--only data/full] [--variants desk,zoom,phone,forced,print] [--themes dark,light]
 * [--sizes 1024x768]`. `zoom` is a window of 1366×768 at 200 %; `forced` has the system's colours, dark and light;
 * `print` makes a picture and a PDF.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { chromiumPath } from '../../scripts/chromium.js';
import { ROOT } from '../../scripts/setup.js';
import { misfits } from '../harness/misfits.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    variants: { type: 'string', default: 'desk,zoom,phone,forced,print' },
    sizes: { type: 'string', default: '' },
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
const { STATES } = await server.ssrLoadModule('/test/fakes/state.ts');
const origin = server.resolvedUrls?.local[0] ?? '';
const executablePath = chromiumPath();
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath ? { executablePath } : {}),
});
const axe = readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Things that open only by hand: [view, name, how]. @type {[string, string, (page: import('@playwright/test').Page) => Promise<unknown>][]} */
const OPENED = [
  [
    'data/empty',
    'answered',
    async (page) => {
      await page.getByTestId('quiz-picture').last().isEnabled();
      await page.getByTestId('quiz-picture').nth(3).click();
    },
  ],
  ['data/full', 'skipped', (page) => page.getByTestId('skipped-why').click()],
  ['data/full', 'slices', (page) => page.getByTestId('slice').nth(4).click()],
  ['data/full', 'stored', (page) => page.getByTestId('slice').nth(5).click()],
  ['data/full', 'why', (page) => why(page, 'why')],
  ['data/full', 'how', (page) => why(page, 'how')],
  [
    'data/full',
    'occlusion',
    async (page) => {
      await why(page, 'why');
      await page.getByTestId('why-method').getByText('Occlusion').click();
      await page.getByTestId('heat').first().waitFor();
    },
  ],
  [
    'data/full',
    'edited',
    async (page) => {
      await why(page, 'why');
      await page.getByTestId('edit-mirrored').click();
      await page.getByTestId('crop-width').fill('120');
      await page.getByTestId('edit-blur').fill('3');
    },
  ],
  [
    'data/full',
    'nothing-speaks',
    async (page) => {
      await why(page, 'why');
      await page.getByTestId('why-class').getByText('XR').click();
    },
  ],
  ['data/broken-model', 'why', (page) => why(page, 'why')],
  ['data/broken-model', 'how', (page) => why(page, 'how')],
  ['data/slow-model', 'why', (page) => why(page, 'why')],
  ['data/full', 'header', header],
  [
    'data/full',
    'header-shown',
    async (page) => {
      await header(page);
      await page.getByTestId('elements-show').click();
      await page.getByRole('treeitem', { name: 'Referenced Image Sequence' }).click();
      await page.getByRole('treeitem', { name: 'Item 1' }).click();
    },
  ],
  ['data/full', 'window', (page) => page.getByTestId('slice').nth(3).click()],
  [
    'data/full',
    'probe',
    async (page) => {
      await page.getByTestId('slice').nth(4).click();
      await page.getByTestId('histogram').waitFor();
      await page.keyboard.press('Shift+Digit1');
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
  ['data/full', 'menu', (page) => page.getByTestId('dataset-menu').click()],
  ['data/full', 'dragging', dragRow],
  ['data/contradictions', 'inspect', (page) => page.getByTestId('slice').nth(0).click()],
  [
    'data/skipped',
    'remarks',
    async (page) => {
      await page.getByTestId('skipped-why').click();
      await page.getByText(/^Remarks/).click();
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
  [
    'train/few',
    'invalid',
    async (page) => {
      await page.getByTestId('train-advanced').evaluate((details) => details.setAttribute('open', ''));
      await page.getByTestId('train-epochs').fill('0');
      await page.getByTestId('train-rate').fill('abc');
      await page.getByTestId('train-rate').scrollIntoViewIfNeeded();
    },
  ],
  ['train/few', 'paper', (page) => page.getByTestId('preset-paper').click()],
  ['train/running', 'stop', (page) => page.getByTestId('train-stop').click()],
  ['train/changed', 'open', (page) => page.getByTestId('run-changed').locator('summary').click()],
  ['train/ready', 'advanced', (page) => page.getByTestId('train-advanced').locator('summary').click()],
  [
    'train/running',
    'tooltip',
    async (page) => {
      await page.getByText('log loss').click();
      await page.mouse.move(760, 330);
    },
  ],
  [
    'train/queue',
    'dialog',
    async (page) => {
      await page.getByTestId('train-queue').click();
      await page.getByTestId('queue-seeds').fill('1–3');
      await page.getByTestId('queue-shares').selectOption('series');
    },
  ],
  ['train/queue-goes', 'list', (page) => page.getByTestId('queue-open').click()],
  ['train/many', 'runs', (page) => page.getByTestId('runs-open').click()],
  ['train/full', 'delete', (page) => page.getByTestId('run-delete').click()],
  ['results/full', 'cell', (page) => page.locator('[data-testid^=cell-]').nth(1).click()],
  [
    'results/full',
    'compare',
    async (page) => {
      await page.getByTestId('run-compare').first().check();
      await page.getByTestId('run-compare').last().check();
    },
  ],
  [
    'results/full',
    'curves',
    async (page) => {
      await page.getByTestId('run-compare').first().check();
      await page.getByTestId('run-compare').last().check();
      await page.getByTestId('run-comparison').locator('summary').click();
    },
  ],
  ['classify/full', 'open', (page) => page.getByTestId('series-toggle').nth(1).click()],
  ['classify/full', 'differs', (page) => page.getByText(/^Differs/).click()],
  ['classify/full', 'rule', (page) => page.getByTestId('verdict-rule').click()],
  ['classify/full', 'export', (page) => page.getByTestId('classify-export').click()],
  ['classify/disk', 'search', (page) => page.getByTestId('classify-search').fill('US derived')],
  ['classify/disk', 'nothing', (page) => page.getByTestId('classify-search').fill('nothing of this kind')],
  ['classify/full', 'skipped', (page) => page.getByText(/^Skipped/).click()],
  ...['classify/full', 'classify/running', 'classify/unjudged'].flatMap(verdictViews),
  ['classify/full', 'grid-selected', selectedVerdicts],
  ['results/full', 'cell-grid', figureGrid],
  [
    'classify/disk',
    'grid-nothing',
    async (page) => {
      await page.getByTestId('classify-view').getByText('Grid').click();
      await page.getByTestId('classify-search').fill('nothing of this kind');
    },
  ],
  ['settings/full', 'delete', (page) => page.getByTestId('delete-everything').click()],
];

/**
 * A dataset on its way to the test split.
 * @param {import('@playwright/test').Page} page
 */
async function dragRow(page) {
  await page.locator('[data-drop="test"]').waitFor();
  await page.getByTestId('dataset-grip').nth(1).hover();
  await page.mouse.down();
  await page.locator('[data-drop="test"]').hover();
  await page.mouse.move(...(await middleOf(page, '[data-drop="test"]')));
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} selector
 * @returns {Promise<[number, number]>}
 */
async function middleOf(page, selector) {
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
    await page.locator(selector).boundingBox()
  );
  return [x + width / 2, y + height / 2];
}

/**
 * The side of the inspector that asks a model.
 * @param {import('@playwright/test').Page} page
 * @param {'why' | 'how'} side
 */
async function why(page, side) {
  await page.getByTestId('slice').nth(4).click();
  await page
    .getByTestId('inspect-side')
    .getByText(side === 'why' ? 'Why?' : 'How it sees')
    .click();
  await page.getByTestId(side).waitFor();
}

/** @param {import('@playwright/test').Page} page */
async function header(page) {
  await page.getByTestId('slice').nth(4).click();
  await page.getByTestId('inspect-side').getByText('Header').click();
}

/**
 * Grid and large picture of a state of Classify.
 * @param {string} state
 * @returns {[string, string, (page: import('@playwright/test').Page) => Promise<unknown>][]}
 */
function verdictViews(state) {
  return ['Grid', 'One'].map((view) => [
    state,
    view.toLowerCase(),
    (page) => page.getByTestId('classify-view').getByText(view).click(),
  ]);
}

/** @param {import('@playwright/test').Page} page */
async function selectedVerdicts(page) {
  await page.getByTestId('classify-view').getByText('Grid').click();
  await page.getByTestId('stack').nth(1).click();
  await page.keyboard.press('2');
  await page.keyboard.press('0');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
}

/** @param {import('@playwright/test').Page} page */
async function figureGrid(page) {
  await page.locator('[data-testid^=cell-]').nth(1).click();
  await page.getByTestId('drawer-view').getByText('Grid').click();
  await page.getByTestId('stack').nth(1).click();
  await page.keyboard.press('2');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowRight');
}

/** @param {import('@playwright/test').Page} page */
async function dragOver(page) {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.dcm'));
    window.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true }));
  });
}

/**
 * How a page is looked at.
 * @typedef {{ width: number, height: number, forced?: boolean, print?: boolean, pages?: RegExp }} Variant
 */

/** @type {Record<string, Variant>} */
const VARIANTS = {
  desk: { width: 1366, height: 768 },
  zoom: { width: 683, height: 384 },
  phone: { width: 390, height: 844 },
  forced: { width: 1366, height: 768, forced: true },
  // A4 between its margins, at 96 dots an inch.
  print: { width: 718, height: 1046, print: true, pages: /^results\// },
};

/** @type {Record<string, Variant>} */
const chosen = {};
for (const name of options.variants.split(',').filter(Boolean)) {
  if (!VARIANTS[name]) throw new Error(`No variant ${name}; there are ${Object.keys(VARIANTS).join(', ')}.`);
  chosen[name] = VARIANTS[name];
}
if (options.sizes) for (const name of Object.keys(chosen)) delete chosen[name];
for (const size of options.sizes.split(',').filter(Boolean)) {
  const [width, height] = size.split('x').map(Number);
  chosen[size] = { width, height };
}

let problems = 0;
for (const [name, variant] of Object.entries(chosen)) {
  const page = await browser.newPage({ viewport: { width: variant.width, height: variant.height } });
  // The first page waits for the server to compile everything.
  page.setDefaultNavigationTimeout(180_000);
  page.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => report(`page: ${error.message}`));
  for (const theme of options.themes.split(',')) {
    await page.emulateMedia({
      media: variant.print ? 'print' : 'screen',
      forcedColors: variant.forced ? 'active' : 'none',
      colorScheme: theme === 'light' ? 'light' : 'dark',
    });
    for (const view of Object.keys(STATES)) await shoot(page, view, null, theme, name, variant);
    if (variant.print) continue;
    for (const [view, opened, open] of OPENED)
      await shoot(page, view, { name: opened, open }, theme, name, variant);
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
 * @param {string} size the variant's name
 * @param {Variant} variant
 */
async function shoot(page, view, opened, theme, size, variant) {
  const full = opened ? `${view}+${opened.name}` : view;
  if (!options.only.split(',').some((start) => full.startsWith(start))) return;
  if (variant.pages && !variant.pages.test(view)) return;
  const [name, state] = view.split('/');
  console.log(`${full} ${theme} ${size}`);
  await page.mouse.up();
  await page.mouse.move(0, 0);
  await page.goto(
    `${origin}test/harness/harness.html?page=${name}&state=${state}&theme=${variant.forced ? 'dark' : theme}`,
  );
  await page.getByTestId('page').or(page.getByTestId('failure')).waitFor();
  await page.waitForLoadState('networkidle');
  if (opened) await opened.open(page).catch((error) => report(`not opened: ${error.message.split('\n')[0]}`));
  await page.waitForTimeout(350);
  const path = join(out, `${full.replace('/', '-')}.${theme}.${size}`);
  await page.screenshot({ path: `${path}.png`, fullPage: variant.print ?? false });
  if (variant.print) await page.pdf({ path: `${path}.pdf`, format: 'A4', printBackground: true });
  for (const problem of await page.evaluate(misfits, { print: variant.print ?? false })) report(problem);
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
