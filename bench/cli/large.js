/**
 * `npm run bench -- large --slices 100000`: a project of so many made slices in the built app's database, and what its
 * pages take: opened, scrolled, filtered, labelled, and the memory after all of it again and again.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from '../../scripts/driver.js';
import { filesBelow, listen } from '../../scripts/server.js';
import { build, ROOT } from '../../scripts/setup.js';
import { significant } from '../stats.js';
import { bundleForBrowser } from './bundle.js';
import { ask, launchWithProfile, openPage } from './chromium.js';
import { command } from './command.js';
import { PARTS } from './largeParts.js';
import { load, print } from './output.js';
import { saveResults } from './results.js';

const OUT = join(ROOT, 'out/bench/large');
const LONG_MS = 3_600_000;

export const large = command({
  name: 'large',
  describe: 'a large project: pages opened, scrolled, filtered, labelled; memory',
  options: {
    slices: { type: 'number', default: 100_000, whole: true, least: 10, about: 'slices' },
    series: { type: 'number', default: 20_000, whole: true, least: 2, about: 'series' },
    datasets: { type: 'number', default: 300, whole: true, least: 1, about: 'datasets' },
    long: { type: 'number', default: 2000, whole: true, least: 1, about: 'slices of the longest series' },
    runs: { type: 'number', default: 60, whole: true, least: 0, about: 'finished runs' },
    rounds: { type: 'number', default: 3, whole: true, least: 1, about: 'measurements of each' },
    cycles: { type: 'number', default: 200, whole: true, least: 1, about: 'scrolls, filters and labels' },
    only: { type: 'text', default: '', about: `one of ${Object.keys(PARTS).join(', ')}` },
    profile: { type: 'text', about: 'a folder that keeps the project for the next time' },
    port: { type: 'number', default: 4323, whole: true, least: 1, about: 'the same for the same profile' },
    save: { type: 'flag', about: 'adds the lines to bench/results' },
  },
  async run({ profile, port, only, rounds, cycles, save, ...project }) {
    const made = profile === undefined ? mkdtempSync(join(tmpdir(), 'modality-lab-large-')) : null;
    try {
      const lines = await measureLarge(profile ?? join(made ?? '', 'profile'), project, {
        port,
        only,
        rounds,
        cycles,
      });
      if (save) saveResults(lines);
    } finally {
      if (made) rmSync(made, { recursive: true, force: true });
    }
  },
});

/** @typedef {{ slices: number, series: number, datasets: number, long: number, runs: number }} Project */

/** @param {string} profile @param {Project} project @param {{ port: number, only: string, rounds: number, cycles: number }} how */
async function measureLarge(profile, project, { port, only, rounds, cycles }) {
  build();
  await bundleForBrowser(OUT, { page: 'bench/large/page.ts', probe: 'bench/large/probe.ts' });
  // A browser keeps the data of each port apart.
  /** @type {import('../../scripts/server.js').Handler[]} */
  const handlers = [
    ({ url }, response, next) => {
      if (url !== '/bench') return next();
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
    },
    await filesBelow(OUT),
    await filesBelow(join(ROOT, 'dist')),
  ];
  const server = await listen(handlers, port);
  /** @type {object[]} */
  const lines = [];
  /** @param {string} part @param {object} figures */
  const tell = (part, figures) => {
    const line = { what: 'large', part, slices: project.slices, ...figures, load: load() };
    print(line);
    lines.push(line);
  };
  try {
    if (!existsSync(profile)) {
      const seconds = await fill(profile, server.url, project);
      tell('fill', { ...project, seconds: significant(seconds) });
    }
    for (const [name, measure] of Object.entries(PARTS)) {
      if (only && name !== only) continue;
      const context = await launchWithProfile(profile);
      try {
        context.setDefaultTimeout(LONG_MS);
        await context.addInitScript({ path: join(OUT, 'probe.js') });
        const page = await context.newPage();
        await page.setViewportSize({ width: 1366, height: 768 });
        const reopen = () => open(page, server.url, 'settings');
        const plain = async () => {
          const other = await context.newPage();
          await other.setViewportSize({ width: 1366, height: 768 });
          await openPage(other, `${server.url}bench`, 'plain');
          await ask(other, 'plain', 20_000);
          return other;
        };
        /** @param {'large' | 'empty'} which */
        const choose = async (which) => {
          await openPage(page, `${server.url}bench`, 'choose');
          await ask(page, 'choose', which);
        };
        await measure({
          page,
          reopen,
          plain,
          choose,
          rounds,
          cycles,
          tell: (figures) => tell(name, figures),
        });
      } finally {
        await context.close();
      }
    }
  } finally {
    await server.close();
  }
  return lines;
}

/** @param {string} profile @param {string} url @param {Project} project @returns seconds */
async function fill(profile, url, project) {
  const context = await launchWithProfile(profile);
  try {
    context.setDefaultTimeout(LONG_MS);
    const page = await context.newPage();
    await openPage(page, `${url}bench`, 'fill');
    const begun = performance.now();
    await ask(page, 'fill', project);
    return (performance.now() - begun) / 1000;
  } catch (error) {
    // Half a project would be measured the next time.
    rmSync(profile, { recursive: true, force: true });
    throw error;
  } finally {
    await context.close();
  }
}
