/** The part `pages` of `npm run bench -- large`: every page opened, beside those of an empty project in the same browser. */
import { median, significant } from '../stats.js';
import { cpuClock } from './cpu.js';
import { middles, probe } from './largeProbe.js';

/** @typedef {import('@playwright/test').Page} Page */

const nav = (/** @type {string} */ name) => `[data-testid="nav-${name}"]`;
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;

const COMPARED = 12;

/**
 * What is pressed, after what was pressed before; `large` alone where an empty project has nothing to press.
 * @type {{ view: string, before: string[], press: string, large?: true }[]}
 */
const PRESSES = [
  ...['data', 'label', 'train', 'results', 'classify', 'lessons'].map((name) => ({
    view: name,
    before: [nav('settings')],
    press: nav(name),
  })),
  { view: 'settings', before: [nav('lessons')], press: nav('settings') },
  {
    view: 'data, a dataset',
    before: [nav('settings'), nav('data')],
    press: `${id('dataset-row')}:nth-of-type(3)`,
    large: true,
  },
  { view: 'train, all runs', before: [nav('settings'), nav('train')], press: id('runs-open'), large: true },
  {
    view: 'results, all runs',
    before: [nav('settings'), nav('results')],
    press: id('chooser-open'),
    large: true,
  },
  { view: 'train, new run', before: [nav('settings'), nav('train')], press: id('new-run'), large: true },
  {
    view: 'train, the queue dialog',
    before: [nav('settings'), nav('train'), id('new-run')],
    press: id('train-queue'),
    large: true,
  },
];

/** @param {import('./largeParts.js').Given} given */
export async function pagesOpened({ page, reopen, choose, rounds, tell }) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.enable');
  const cpuMs = await cpuClock(page);
  const heapMiB = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  };
  /** @type {Record<string, Record<string, Record<string, number>[]>>} */
  const found = {};
  for (let round = 0; round < rounds; round++) {
    // In turn, so that both meet the same machine.
    for (const project of /** @type {const} */ (['large', 'empty'])) {
      await choose(project);
      const begun = performance.now();
      await reopen();
      keep('opened', project, { readyMs: performance.now() - begun, heapMiB: await heapMiB() });
      for (const again of [false, true]) {
        for (const { view, before: presses, press, large } of PRESSES) {
          if (large && project === 'empty') continue;
          for (const one of presses) await page.locator(one).first().click();
          await page.waitForTimeout(800);
          const before = await cpuMs();
          const figures = await probe(page, 'show', press);
          const used = (await cpuMs()) - before;
          keep(again ? `${view}, again` : view, project, {
            ...figures,
            cpuMs: used,
            heapMiB: await heapMiB(),
          });
          await page.keyboard.press('Escape');
        }
      }
      if (project === 'large') await compared(page, (name, figures) => keep(name, project, figures));
    }
  }
  for (const [name, { large, empty }] of Object.entries(found))
    tell({ page: name, ...middles(large), ...(empty && { empty: only(empty) }) });

  /** @param {string} name @param {string} project @param {Record<string, number>} figures */
  function keep(name, project, figures) {
    found[name] ??= {};
    found[name][project] ??= [];
    found[name][project].push(figures);
  }
}

/** Results with one run after the other beside the shown one. @param {Page} page @param {(name: string, figures: Record<string, number>) => void} keep */
async function compared(page, keep) {
  await page.locator(nav('settings')).click();
  await page.locator(nav('results')).click();
  await page.locator(id('chooser-open')).click();
  await page.waitForTimeout(800);
  for (let others = 1; others < COMPARED; others++) {
    const figures = await probe(page, 'show', `${id('chooser-compare')}:not(:checked):not(:disabled)`);
    if (others === 1 || others === COMPARED - 1) keep(`results, ${others + 1} compared`, figures);
  }
}

/** Medians alone. @param {Record<string, number>[]} all */
function only(all) {
  return Object.fromEntries(
    Object.keys(all[0]).map((name) => [name, significant(median(all.map((one) => one[name])))]),
  );
}
