#!/usr/bin/env node
/**
 * `npm run kill -- --count N --seed N` and `npm run heap -- --count N`: two end-to-end tests at full length. It prints
 * the seed of the kills' moments; the same seed repeats them.
 */
import { commandLine } from './args.js';
import { requireChromium } from './browser.js';
import { run } from './setup.js';

const TESTS = {
  kill: {
    about: 'kills the browser at random moments of an ingest',
    title: 'random moments of an ingest',
    variable: 'MODALITY_LAB_KILLS',
    count: 50,
    counted: 'kills',
  },
  heap: {
    about: 'watches the memory of an ingest',
    title: 'memory stays flat',
    variable: 'MODALITY_LAB_FILES',
    count: 20000,
    counted: 'files',
  },
};

const name = process.argv[2] === 'heap' ? 'heap' : 'kill';
const what = TESTS[name];
const { values } = commandLine(
  {
    usage: `npm run ${name}`,
    about: what.about,
    options: {
      count: { type: 'number', default: what.count, whole: true, least: 1, about: what.counted },
      seed: { type: 'number', whole: true, least: 0, about: 'of the moments; without it one of the clock' },
    },
  },
  process.argv.slice(3),
);
process.env.CHROMIUM_PATH = await requireChromium();
process.env[what.variable] = String(values.count);
process.env.SEED = String(values.seed ?? process.env.SEED ?? Date.now() % 1_000_000);
console.log(`SEED=${process.env.SEED}`);
process.exit(run('npx', ['playwright', 'test', 'test/e2e/robust.spec.ts', '--grep', what.title]) ? 0 : 1);
