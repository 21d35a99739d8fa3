/**
 * `npm run bench -- label --slices 2000`: labels so many generated series of one slice by key presses in the built app, each
 * as soon as the next picture is shown, or at a person's rate, and then all of them again without waiting.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addFolder, go, open } from '../../scripts/driver.js';
import { serve } from '../../scripts/server.js';
import { build } from '../../scripts/setup.js';
import { median, significant } from '../stats.js';
import { launch } from './chromium.js';
import { command } from './command.js';
import { cpuClock } from './cpu.js';
import { load, print } from './output.js';
import { generate } from './repeat.js';

/** @typedef {import('@playwright/test').Page} Page */

export const label = command({
  name: 'label',
  describe: 'labels given by keys: rate, lost presses, waits for the next picture',
  options: {
    slices: { type: 'number', default: 2000, whole: true, least: 2, about: 'series of one slice' },
    rate: {
      type: 'number',
      default: 0,
      least: 0,
      about: 'presses a minute at most; 0: as fast as pictures come',
    },
  },
  run: async ({ slices, rate }) => measureLabel(slices, rate),
});

/** @param {number} slices @param {number} rate */
async function measureLabel(slices, rate) {
  build();
  const made = mkdtempSync(join(tmpdir(), 'modality-lab-label-'));
  const server = await serve(0);
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(120_000);
    await open(page, server.url);
    await addFolder(page, await generate(join(made, 'data'), 'series', slices));
    const begunMs = performance.now();
    await go(page, 'label');
    await page.getByTestId('stack').first().waitFor();
    const openedMs = performance.now() - begunMs;
    await page.keyboard.press('g');
    await page.locator('[data-testid="label-stage"]:not([data-shown=""])').waitFor();
    const cpuMs = await cpuClock(page);
    const cpuBegunMs = await cpuMs();
    const pressedMs = performance.now();
    const waits = await pressWhenShown(page, slices, '2', rate > 0 ? 60_000 / rate : 0);
    const pressesMs = performance.now() - pressedMs;
    const cpuSpentMs = (await cpuMs()) - cpuBegunMs;
    const afterWaiting = await labelled(page, 'MR');
    await page.keyboard.press('Home');
    const burstMs = performance.now();
    for (let i = 0; i < slices; i++) await page.keyboard.press('3');
    const seconds = (performance.now() - burstMs) / 1000;
    const afterBurst = await labelled(page, 'PT');
    const slowest = waits.indexOf(Math.max(...waits));
    waits.sort((a, b) => a - b);
    print({
      what: 'label',
      slices,
      rate,
      openedMs: significant(openedMs),
      labelsPerMinute: significant((60_000 * slices) / pressesMs),
      lost: slices - afterWaiting,
      waitMs: significant(median(waits)),
      wait95Ms: significant(waits[Math.floor(0.95 * (waits.length - 1))]),
      wait99Ms: significant(waits[Math.floor(0.99 * (waits.length - 1))]),
      longestWaitMs: significant(waits[waits.length - 1]),
      longestWaitAfter: slowest + 1,
      cpuMsAPress: significant(cpuSpentMs / slices),
      burstPerMinute: significant((60 * slices) / seconds),
      burstLost: slices - afterBurst,
      load: load(),
    });
  } finally {
    await browser.close();
    await server.close();
    rmSync(made, { recursive: true, force: true });
  }
}

/**
 * Presses a key as soon as the next picture is shown. @returns the milliseconds from each press to that picture
 * @param {Page} page @param {number} presses @param {string} key
 * @param {number} leastMs from one press to the next
 */
function pressWhenShown(page, presses, key, leastMs) {
  return page.evaluate(
    async ({ presses, key, leastMs }) => {
      const shown = () => document.querySelector('[data-testid="label-stage"]')?.getAttribute('data-shown');
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const waits = [];
      for (let i = 0; i < presses; i++) {
        const before = shown();
        const begun = performance.now();
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        // After the last there is no other picture.
        while (i < presses - 1 && (!shown() || shown() === before)) await frame();
        if (i < presses - 1) waits.push(performance.now() - begun);
        const left = begun + leastMs - performance.now();
        if (left > 0) await new Promise((done) => setTimeout(done, left));
      }
      return waits;
    },
    { presses, key, leastMs },
  );
}

/** Slices of a class once every press is stored. @param {Page} page @param {string} name */
async function labelled(page, name) {
  await page.locator('[data-testid="label-unsaved"][data-unsaved="0"]').waitFor({ state: 'attached' });
  const cells = await page.locator(`[data-testid="label-tally"] [data-class="${name}"] td`).allTextContents();
  return cells.reduce((sum, text) => sum + Number(text.replace(/\D/g, '')), 0);
}
