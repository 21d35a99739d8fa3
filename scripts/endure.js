#!/usr/bin/env node
/**
 * `npm run kill -- --count N --seed N` and `npm run heap -- --count N`: two end-to-end tests at full length. The seed of
 * the kills' moments is printed; the same one repeats them.
 */
import { parseArgs } from 'node:util';
import { requireChromium } from './browser.js';
import { fail, run } from './setup.js';

const TESTS = {
  /** Kills of the browser in the middle of an ingest. */
  kill: { title: 'random moments of an ingest', variable: 'MODALITY_LAB_KILLS', count: '50' },
  /** Files of an ingest whose memory is watched. */
  heap: { title: 'memory stays flat', variable: 'MODALITY_LAB_FILES', count: '20000' },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string' }, seed: { type: 'string' } },
});
const what = TESTS[/** @type {keyof typeof TESTS} */ (positionals[0])];
if (!what) fail('npm run kill -- --count N [--seed N], or npm run heap -- --count N');
process.env.CHROMIUM_PATH = await requireChromium();
process.env[what.variable] = values.count ?? what.count;
process.env.SEED = values.seed ?? process.env.SEED ?? String(Date.now() % 1_000_000);
console.log(`SEED=${process.env.SEED}`);
process.exit(run('npx', ['playwright', 'test', 'test/e2e/robust.spec.ts', '--grep', what.title]) ? 0 : 1);
