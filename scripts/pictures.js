#!/usr/bin/env node
/**
 * `node scripts/pictures.js [--out docs]`: the pictures of README, taken in the built app with only practice data, like
 * a new user's after a first training.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLine } from './args.js';
import { requireChromium } from './browser.js';
import { go, open, openPractice, waitForJob } from './driver.js';
import { serve } from './server.js';
import { build, fail, run } from './setup.js';

const { values: options } = commandLine({
  usage: 'node scripts/pictures.js',
  about: 'takes the pictures of README anew',
  options: { out: { type: 'text', value: 'DIR', default: 'docs', about: 'where they are written' } },
});
const out = resolve(options.out);
mkdirSync(out, { recursive: true });
build();
const { chromium } = await import('@playwright/test');
const server = await serve(0);
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
const browser = await chromium.launch({ executablePath: await requireChromium(), args: ['--no-sandbox'] });
try {
  // Patients that the network has not seen, of sites that have all four modalities.
  const unseen = ['practice_coast_petct', 'practice_hill_mr', 'practice_square_dx', 'practice_mill_petct'];
  const made = ['run', '--silent', 'practice', '--', '--out', join(folder, 'files'), '--seed', '9'];
  if (!run('npm', [...made, '--sites', unseen.join(',')], 2)) fail('The files to classify were not made.');
  await take();
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function take() {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, colorScheme: 'dark' });
  const shot = async (/** @type {string} */ name) => {
    for (const close of await page.getByTestId('notice').getByLabel('Dismiss').all()) {
      await close.click({ timeout: 1000 }).catch(() => {});
    }
    await page.mouse.move(5, 400);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(out, `${name}.png`) });
  };
  await open(page, server.url);
  await openPractice(page);
  await page.getByRole('row', { name: /^practice_lake_mr/ }).click();
  await shot('data');
  await page.getByRole('row', { name: /^practice_university/ }).click();
  await page.getByTestId('slice').nth(8).click();
  await page.getByTestId('inspector').waitFor();
  await shot('inspect');
  await page.keyboard.press('Escape');
  await go(page, 'train');
  await page.getByTestId('train-start').click();
  await page.getByTestId('epoch-row').nth(4).waitFor({ timeout: 300_000 });
  await shot('train');
  await page.waitForURL(/results/, { timeout: 600_000 });
  await shot('results');
  await page.getByTestId('confusion-matrix').getByRole('button').first().click();
  await page.getByTestId('inspect-side').getByText('Why?').click();
  await page.waitForTimeout(2000);
  await shot('explain');
  await page.keyboard.press('Escape');
  await go(page, 'classify');
  await page.getByTestId('classify-folder').setInputFiles(join(folder, 'files'));
  await waitForJob(page);
  await page.getByTestId('classify-table').waitFor();
  await shot('classify');
}
