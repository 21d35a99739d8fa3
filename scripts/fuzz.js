#!/usr/bin/env node
/**
 * `npm run --silent fuzz -- [--count 5000] [--seed 1] [--threads 2] [--data DIR] [--json]`: decodes seeded mutations
 * of real files and counts crashes, hangs, unnamed outcomes and outgrown memory. Inputs that fail are written to
 * out/fuzz. DIR is the conformance set, unpacked or zipped; without it golden files alone are mutated.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCheck } from './bundle.js';
import { fail, install, ROOT } from './setup.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    data: { type: 'string', default: join(ROOT, '../shared/data/conformance.zip') },
    json: { type: 'boolean', default: false },
  },
});
const [count, seed, threads] = [values.count, values.seed, values.threads].map(Number);
if (![count, seed, threads].every((number) => Number.isSafeInteger(number) && number >= 0) || threads < 1) {
  fail('Usage: npm run fuzz -- [--count N] [--seed S] [--threads T] [--data DIR] [--json]');
}

install();
await runCheck(
  (commands, host) => commands.fuzz({ count, seed, threads, data: resolve(values.data) }, host),
  values.json,
).catch((error) => fail(error.message));
