/** The parts of `npm run bench -- large`, a line or more each. */
import { median, significant } from '../stats.js';
import { cpuClock } from './cpu.js';
import { pagesOpened } from './largePages.js';
import { middles, probe } from './largeProbe.js';

/** @typedef {import('@playwright/test').Page} Page */
/**
 * @typedef {{
 *   page: Page, reopen: () => Promise<void>, plain: () => Promise<Page>,
 *   choose: (which: 'large' | 'empty') => Promise<void>, rounds: number, cycles: number,
 *   tell: (figures: object) => void,
 * }} Given
 */
/** @typedef {import('../large/probe.ts').Probe} Probe */

/** A frame that was missed: one and a half of 60 a second. */
const LATE_MS = 25;
const FRAMES = 300;
/** Pixels a frame: 1,800 and 12,000 a second. */
const SPEEDS = [30, 200];

const GRID = '[data-testid="stack-grid"]';
const STACK = '[data-testid="stack"]';
const SLICES = '[data-testid="slice-grid"]';
const SERIES = 'div:has(> [data-testid="series-table"])';
const DATASETS = 'div:has(> [data-testid="datasets-table"])';

/** Measured parts, each in a browser of its own. @type {Record<string, (given: Given) => Promise<void>>} */
export const PARTS = {
  pages: pagesOpened,
  open: opened,
  scroll: scrolled,
  filter: filtered,
  label: labelled,
  heap: flat,
};

/** Each page the first time after a reload, and once more. @param {Given} given */
async function opened({ page, reopen, rounds, tell }) {
  const places = /** @type {const} */ ([
    ['label', GRID, STACK],
    ['data', SLICES, '[role="option"]'],
  ]);
  const cpuMs = await cpuClock(page);
  for (const [name, scroller, tile] of places) {
    for (const again of [false, true]) {
      const times = [];
      for (let round = 0; round < rounds; round++) {
        if (!again || round === 0) await reopen();
        if (again && round === 0) await probe(page, 'open', `[data-testid="nav-${name}"]`, scroller, tile);
        if (again) await probe(page, 'click', '[data-testid="nav-settings"]');
        // The project's figures are read and the page is at rest.
        await page.waitForTimeout(1000);
        const before = await cpuMs();
        const found = await probe(page, 'open', `[data-testid="nav-${name}"]`, scroller, tile);
        times.push({ ...found, cpuMs: (await cpuMs()) - before });
      }
      tell({ page: name, again, ...middles(times) });
    }
  }
}

/** The grid of stacks and the tables, each beside a plain list scrolled the same way. @param {Given} given */
async function scrolled({ page, reopen, plain, rounds, tell }) {
  await reopen();
  const bare = await plain();
  await page.bringToFront();
  const places = [
    { list: 'stacks', go: 'label', click: null, scroller: GRID, tile: STACK },
    { list: 'slices', go: 'data', click: null, scroller: SLICES, tile: '[role="option"]' },
    { list: 'datasets', go: 'data', click: null, scroller: DATASETS, tile: null },
    {
      list: 'series',
      go: 'data',
      click: '[data-testid="dataset-list"] label:last-child',
      scroller: SERIES,
      tile: '[data-testid="series"]',
    },
  ];
  for (const { list, go, click, scroller, tile } of places) {
    await page.getByTestId(`nav-${go}`).click();
    if (go === 'data') await largestDataset(page);
    if (click) await page.locator(click).click();
    await page.locator(scroller).waitFor();
    await page.waitForTimeout(2000);
    for (const speed of SPEEDS) {
      const [own, others, blanks] = /** @type {number[][]} */ ([[], [], []]);
      for (let round = 0; round < rounds; round++) {
        await page.bringToFront();
        await page.locator(scroller).evaluate((box) => box.scrollTo(0, 0));
        await page.waitForTimeout(500);
        const { times, blank } = await probe(page, 'scroll', scroller, FRAMES, speed, tile);
        own.push(...times);
        blanks.push(blank);
        await bare.bringToFront();
        await bare.locator('#plain').evaluate((box) => box.scrollTo(0, 0));
        others.push(...(await probe(bare, 'scroll', '#plain', FRAMES, speed, null)).times);
      }
      tell({
        list,
        pixelsAFrame: speed,
        ...frames(own),
        plain: frames(others),
        blank: significant(median(blanks)),
      });
    }
  }
}

/** @param {number[]} times */
function frames(times) {
  return {
    frames: times.length,
    medianMs: significant(median(times)),
    late: significant(times.filter((ms) => ms > LATE_MS).length / times.length),
    longestMs: significant(Math.max(...times)),
  };
}

/** @param {Page} page */
async function largestDataset(page) {
  await page.locator(`${DATASETS} th button`, { hasText: 'Slices' }).click();
  await page.locator(`${DATASETS} th button`, { hasText: 'Slices' }).click();
  await page.getByTestId('dataset-row').first().click();
}

/** Every filter, order and letter, from change to paint. @param {Given} given */
async function filtered({ page, reopen, rounds, tell }) {
  await reopen();
  const cpuMs = await cpuClock(page);
  await page.getByTestId('nav-label').click();
  await page.locator(STACK).first().waitFor();
  await page.getByTestId('label-filters').click();
  const dataset = await page.locator('[data-testid="filter-dataset"] option').nth(1).getAttribute('value');
  const choices = /** @type {const} */ ([
    ['label', 'CT'],
    ['label', 'mixed'],
    ['source', 'tag'],
    ['dataset', dataset ?? ''],
    ['split', 'test'],
    ['kind', 'localizer'],
    ['format', 'nifti'],
    ['show', 'differs'],
  ]);
  /** @type {Record<string, { ms: number, cpuMs: number }[]>} */
  let times = {};
  /**
   * @template {'choose' | 'type' | 'click'} Name
   * @param {string} what @param {Name} name @param {Parameters<Probe[Name]>} given
   */
  const keep = async (what, name, ...given) => {
    const before = await cpuMs();
    const ms = await probe(page, name, ...given);
    times[what] ??= [];
    times[what].push({ ms, cpuMs: (await cpuMs()) - before });
  };
  for (let round = 0; round < rounds; round++) {
    for (const [name, value] of choices) {
      await keep(`${name} ${name === 'dataset' ? '' : value}`.trim(), 'choose', `filter-${name}`, value);
      await keep('all again', 'choose', `filter-${name}`, '');
    }
    for (const order of ['slices', 'label', 'stored'])
      await keep(`order ${order}`, 'choose', 'filter-order', order);
    for (const text of ['c', 'ch', 'che', 'ches', 'chest', 'chest ct', ''])
      await keep(`search “${text}”`, 'type', 'label-search', text);
  }
  tell({ page: 'label', ...byName(times) });

  times = {};
  await page.getByTestId('nav-data').click();
  await largestDataset(page);
  await page.locator('[data-testid="dataset-list"] label:last-child').click();
  await page.getByTestId('series').first().waitFor();
  for (let round = 0; round < rounds; round++) {
    for (const value of ['none', 'mixed', 'differs', ':CT', ''])
      await keep(`series ${value || 'all'}`, 'choose', 'series-filter', value);
    for (const text of ['c', 'ch', 'chest', '#17', ''])
      await keep(`series search “${text}”`, 'type', 'series-search', text);
    for (const column of [2, 3, 4, 1])
      await keep(`series sort ${column}`, 'click', `${SERIES} th:nth-child(${column}) button`);
    for (const column of [2, 3, 4, 6, 7])
      await keep(`datasets sort ${column}`, 'click', `${DATASETS} th:nth-child(${column}) button`);
    for (const row of [2, 3, 4, 5])
      await keep('select a dataset', 'click', `${DATASETS} tbody tr:nth-child(${row})`);
    await largestDataset(page);
  }
  tell({ page: 'data', ...byName(times) });
}

/** The longest series labelled, taken back, made again; then all series at once. @param {Given} given */
async function labelled({ page, reopen, rounds, tell }) {
  await reopen();
  await page.getByTestId('nav-label').click();
  await page.locator(STACK).first().waitFor();
  await probe(page, 'choose', 'filter-order', 'slices');
  await page.waitForTimeout(1000);
  for (const all of [false, true]) {
    /** @type {Record<string, Record<string, number>[]>} */
    const presses = { label: [], undo: [], redo: [] };
    const before = await probe(page, 'events');
    for (let round = 0; round < rounds; round++) {
      await page.keyboard.press('Home');
      if (all) await page.keyboard.press('Control+a');
      // One class after the other, so that each press changes something.
      presses.label.push(await probe(page, 'key', String(1 + (round % 2))));
      await page.waitForTimeout(3000);
      presses.undo.push(await probe(page, 'key', 'u'));
      await page.waitForTimeout(3000);
      presses.redo.push(await probe(page, 'key', 'r'));
      await page.waitForTimeout(3000);
    }
    tell({
      series: all ? 'all' : 'the longest',
      // Of labels, undo and redo: three presses a round.
      eventsAPress: ((await probe(page, 'events')) - before) / (3 * rounds),
      ...Object.fromEntries(Object.entries(presses).map(([name, times]) => [name, middles(times)])),
    });
  }
}

/** Memory after garbage is collected, before and between scrolls, filters and labels. @param {Given} given */
async function flat({ page, reopen, cycles, tell }) {
  await reopen();
  await page.getByTestId('nav-label').click();
  await page.locator(STACK).first().waitFor();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.enable');
  await cdp.send('Performance.enable');
  const heap = async () => {
    await page.waitForTimeout(2500);
    for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (/** @type {string} */ name) => metrics.find((one) => one.name === name)?.value ?? 0;
    const { usedSize, backingStorageSize } =
      /** @type {{ usedSize: number, backingStorageSize?: number }} */ (
        await cdp.send('Runtime.getHeapUsage')
      );
    return {
      heapMiB: significant(usedSize / 2 ** 20),
      arraysMiB: significant((backingStorageSize ?? 0) / 2 ** 20),
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
    };
  };
  const cycle = async (/** @type {number} */ i) => {
    await probe(page, 'scroll', GRID, 20, 400, null);
    await probe(page, 'choose', 'filter-split', i % 2 === 0 ? 'test' : '');
    await probe(page, 'type', 'label-search', ['', 'chest', 'mr'][i % 3]);
    await probe(page, 'key', 'ArrowRight');
    await probe(page, 'key', String(1 + (i % 4)));
    if (i % 5 === 0) await probe(page, 'key', 'u');
  };
  await page.getByTestId('label-filters').click();
  // The pictures read ahead fill first.
  for (let i = 0; i < cycles / 4; i++) await cycle(i);
  tell({ cycles: 0, ...(await heap()) });
  for (let i = 1; i <= cycles; i++) {
    await cycle(i);
    if (i % Math.ceil(cycles / 4) === 0) tell({ cycles: i, ...(await heap()) });
  }
}

/** The median of each, and the largest of all. @param {Record<string, { ms: number, cpuMs: number }[]>} times */
function byName(times) {
  const all = Object.values(times).flat();
  const medians = (/** @type {'ms' | 'cpuMs'} */ of) =>
    Object.fromEntries(
      Object.entries(times).map(([name, some]) => [name, significant(median(some.map((one) => one[of])))]),
    );
  return {
    ms: medians('ms'),
    cpuMs: medians('cpuMs'),
    longestMs: significant(Math.max(...all.map(({ ms }) => ms))),
    longestCpuMs: significant(Math.max(...all.map(({ cpuMs }) => cpuMs))),
  };
}
