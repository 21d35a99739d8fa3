/**
 * `npm run bench -- scale --counts 5000,15000,50000`: each number of generated files goes through all stages of the
 * built app: dropped, opened again, dropped again, split, trained for a few steps, deleted. One JSON object per stage:
 * its duration, tasks that blocked the page, peak memory, size of the storage.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configure, go, open } from '../../scripts/driver.js';
import { serve } from '../../scripts/server.js';
import { build } from '../../scripts/setup.js';
import { significant } from '../stats.js';
import { launchWithProfile } from './chromium.js';
import { command } from './command.js';
import { load, print } from './output.js';
import { memoryOf } from './processes.js';
import { generate } from './repeat.js';
import { saveResults } from './results.js';

/** @typedef {import('@playwright/test').Page} Page */

const LONG_MS = 3_600_000;
const SAMPLE_MS = 500;

export const scale = command({
  name: 'scale',
  describe: 'so many generated files the whole way through the app, a line a stage',
  options: {
    counts: { type: 'numbers', default: [5000, 15000, 50000], whole: true, least: 1, about: 'files' },
    save: { type: 'flag', about: 'adds the lines to bench/results' },
  },
  async run({ counts, save }) {
    const lines = await measureScale(counts);
    if (save) saveResults(lines);
  },
});

/** @param {readonly number[]} counts */
async function measureScale(counts) {
  build();
  const server = await serve(0);
  /** @type {object[]} */
  const lines = [];
  try {
    for (const count of counts) {
      const made = mkdtempSync(join(tmpdir(), 'modality-lab-scale-'));
      try {
        const folder = await generate(join(made, 'data'), 'slices', count);
        await wholeWay(server.url, join(made, 'profile'), folder, count, (line) => {
          print(line);
          lines.push(line);
        });
      } finally {
        rmSync(made, { recursive: true, force: true });
      }
    }
  } finally {
    await server.close();
  }
  return lines;
}

/**
 * @param {string} url @param {string} profile @param {string} folder @param {number} count
 * @param {(line: object) => void} tell
 */
async function wholeWay(url, profile, folder, count, tell) {
  const context = await launchWithProfile(profile);
  context.setDefaultTimeout(LONG_MS);
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.addInitScript(() => {
    const tasks = /** @type {number[]} */ ([]);
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
    });
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');

  /** @param {string} stage @param {() => Promise<unknown>} work */
  const measured = async (stage, work) => {
    await page.evaluate(() => Reflect.get(globalThis, 'longTasks')?.splice(0));
    const most = { heapMiB: 0, rendererMiB: 0, allMiB: 0 };
    const sample = async () => {
      const memory = memoryOf(profile);
      const { metrics } = await cdp.send('Performance.getMetrics').catch(() => ({ metrics: [] }));
      const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
      most.heapMiB = Math.max(most.heapMiB, Math.round(heap / 2 ** 20));
      most.rendererMiB = Math.max(most.rendererMiB, memory?.rendererMiB ?? 0);
      most.allMiB = Math.max(most.allMiB, memory?.allMiB ?? 0);
    };
    const timer = setInterval(() => void sample(), SAMPLE_MS);
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1000;
    clearInterval(timer);
    await sample();
    const tasks = await page.evaluate(() => /** @type {number[]} */ (Reflect.get(globalThis, 'longTasks')));
    const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    tell({
      what: 'scale',
      files: count,
      stage,
      seconds: significant(seconds),
      longTasks: tasks.length,
      longestTaskMs: Math.round(Math.max(0, ...tasks)),
      longTasksMs: Math.round(tasks.reduce((sum, task) => sum + task, 0)),
      /** The page's own heap; the workers' heaps are in their renderer's memory. */
      pageHeapMiB: most.heapMiB,
      rendererMiB: most.rendererMiB,
      allMiB: most.allMiB,
      storedMiB: Math.round(usage / 2 ** 20),
      errors: errors.splice(0),
      load: load(),
    });
  };
  const drop = async () => {
    await page.getByTestId('pick-folder').setInputFiles(folder);
    await page.getByTestId('job-bar').waitFor();
    await page.getByTestId('job-bar').waitFor({ state: 'detached' });
  };

  try {
    await open(page, url);
    await measured('drop', drop);
    await measured('open again', async () => {
      await page.reload();
      await page.locator('[data-ready="true"]').waitFor();
    });
    await measured('drop again', drop);
    await measured('show every page', async () => {
      for (const name of /** @type {const} */ (['train', 'results', 'classify', 'settings', 'data'])) {
        await go(page, name);
        await painted(page);
      }
    });
    await measured('propose splits', async () => {
      await page.getByTestId('propose-splits').click();
      await painted(page);
    });
    await measured('train to the first point', async () => {
      await configure(page, { preset: 'quick', size: '64', epochs: '1', batch: '16' });
      await page.getByTestId('train-start').click();
      const figures = page.getByTestId('run-figures');
      while (!/Loss\s*[\d.]+/.test((await figures.allInnerTexts()).join())) await page.waitForTimeout(100);
    });
    await measured('stop', async () => {
      await page.getByTestId('train-stop').click();
      await page.getByTestId('stop-keep').click();
      await page.locator('[data-testid="run-status"][data-status="stopped"]').waitFor();
    });
    await measured('delete the project', async () => {
      await go(page, 'settings');
      await page.getByTestId('delete-project').click();
      await page.getByTestId('question-yes').click();
      await go(page, 'data');
      await page.getByTestId('open-practice').waitFor();
    });
  } finally {
    await context.close();
  }
}

/** Resolves when the screen shows the page's last change. @param {Page} page */
function painted(page) {
  return page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(null)))),
  );
}
