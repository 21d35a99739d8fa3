/**
 * `npm run bench -- charts`: script of a page whose curves go on, as a share of a core, drawn by plain SVG and by recharts in
 * turn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, significant } from '../stats.js';
import { bundleForBrowser } from './bundle.js';
import { ask, launch, openPage, serveBundle } from './chromium.js';
import { command } from './command.js';
import { load, print } from './output.js';

const WAYS = /** @type {const} */ (['svg', 'recharts']);

export const charts = command({
  name: 'charts',
  describe: 'script of the curves of a run that goes on, as a share of a core',
  options: {
    seconds: { type: 'number', default: 20, least: 1, about: 'of each turn' },
    rounds: { type: 'number', default: 3, whole: true, least: 1, about: 'turns of each way' },
    points: { type: 'number', default: 5000, whole: true, least: 100, about: 'of the run, before thinning' },
    rate: { type: 'number', default: 4, least: 0.1, about: 'updates a second' },
  },
  run: measureCharts,
});

/** @param {{ seconds: number, rounds: number, points: number, rate: number }} asked */
async function measureCharts({ seconds, rounds, points, rate }) {
  const folder = mkdtempSync(join(tmpdir(), 'modality-lab-charts-'));
  await bundleForBrowser(folder, { page: 'bench/charts/page.tsx' });
  const server = await serveBundle(folder);
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await openPage(page, server.url, 'go');
    const spent = await clock(page);
    /** @type {Record<string, { script: number, task: number }[]>} */
    const shares = { svg: [], recharts: [] };
    // The first updates compile the code.
    for (const drawn of WAYS) await ask(page, 'go', { drawn, points, perSecond: 10, seconds: 3 });
    for (let round = 0; round < rounds; round++) {
      for (const drawn of WAYS) {
        const before = await spent();
        await ask(page, 'go', { drawn, points, perSecond: rate, seconds });
        const after = await spent();
        shares[drawn].push({
          script: (after.script - before.script) / seconds,
          task: (after.task - before.task) / seconds,
        });
      }
    }
    for (const drawn of WAYS) {
      const of = (/** @type {'script' | 'task'} */ what) =>
        significant(100 * median(shares[drawn].map((share) => share[what])));
      print({
        what: 'charts',
        drawn,
        points,
        updatesPerSecond: rate,
        seconds: seconds * rounds,
        scriptPercentOfCore: of('script'),
        allTasksPercentOfCore: of('task'),
        load: load(),
      });
    }
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * CPU seconds of the page's main thread so far: its script, and all its tasks (script, styles, layout, paint).
 * @param {import('@playwright/test').Page} page
 */
async function clock(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (/** @type {string} */ wanted) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
    return { script: of('ScriptDuration'), task: of('TaskDuration') };
  };
}
