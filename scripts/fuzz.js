#!/usr/bin/env node
/**
 * `npm run --silent fuzz -- [--count 5000] [--seed 1] [--threads 2] [--data DIR] [--json]`: decodes seeded mutations
 * of real files and counts crashes, hangs, unnamed outcomes and excess memory. It writes failing inputs to out/fuzz.
 * DIR is the conformance set, unpacked or zipped; without it, only golden files are mutated.
 */
import { join, resolve } from 'node:path';
import { commandLine } from './args.js';
import { runCheck } from './bundle.js';
import { fail, install, ROOT } from './setup.js';

const { values } = commandLine({
  usage: 'npm run fuzz',
  about: 'decodes seeded mutations of real files',
  options: {
    count: { type: 'number', default: 5000, whole: true, least: 0, about: 'mutations' },
    seed: { type: 'number', default: 1, whole: true, least: 0, about: 'of the mutations' },
    threads: { type: 'number', default: 2, whole: true, least: 1, about: 'threads' },
    data: { type: 'text', value: 'DIR', about: 'the conformance set; without it the one beside the project' },
    json: { type: 'flag', about: 'prints one JSON object and nothing else' },
  },
});
const { count, seed, threads, json } = values;
const data = resolve(values.data ?? join(ROOT, '../shared/data/conformance.zip'));

install();
await runCheck((commands, host) => commands.fuzz({ count, seed, threads, data }, host), json).catch((error) =>
  fail(error.message),
);
