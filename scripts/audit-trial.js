#!/usr/bin/env node
/**
 * `npm run audit-trial -- --data DIR [--flip 0.05] [--seed 1,2,3]`: changes the labels of some training series by a seeded
 * draw and measures how many of them the first entries of the audit's queue are, beside a random order and cleanlab's
 * rules. Reading, fold models and queue are the app's, in Node; one JSON object per seed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleForNode } from '../bench/cli/bundle.js';
import { DATA, folderAt } from '../bench/cli/data.js';
import { commandLine, refuse } from './args.js';
import { buildKernels, fail, install, ROOT } from './setup.js';

/** Four folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/audit/node');

const { values } = commandLine({
  usage: 'npm run audit-trial',
  about: 'changes some labels and measures how many of them the audit’s queue finds',
  options: {
    data: {
      ...DATA,
      required: true,
      about: '<dataset>/<CT|MR|PT|XR>/… with a datasets.json that has splits',
    },
    flip: {
      type: 'number',
      default: 0.05,
      least: 0,
      about: 'share of the training series whose label is changed',
    },
    seed: { type: 'numbers', default: [1], whole: true, least: 0, about: 'of the changes, folds and models' },
    folds: { type: 'number', default: 3, whole: true, least: 2, about: 'models' },
    epochs: {
      type: 'number',
      default: 5,
      whole: true,
      least: 1,
      about: 'of each model, by the quick preset',
    },
    series: {
      type: 'number',
      default: 100,
      whole: true,
      least: 1,
      about: 'of one class of a dataset at most',
    },
    slices: { type: 'number', default: 8, whole: true, least: 1, about: 'of a series at most' },
    threads: { type: 'number', whole: true, least: 1, about: 'threads at most; without it one a core' },
    cache: {
      type: 'text',
      value: 'DIR',
      about: 'where predictions are kept; without it the temporary folder',
    },
    out: { type: 'text', value: 'FILE', about: 'a file for all of the objects' },
  },
});
await measure().catch((error) => refuse(error, 'npm run audit-trial'));

async function measure() {
  const { flip, folds, epochs, series, slices } = values;
  const settings = {
    data: folderAt(values.data),
    seeds: values.seed,
    flip,
    folds,
    epochs,
    caps: { series, slices },
    threads: values.threads ?? availableParallelism(),
    cache: resolve(values.cache ?? join(tmpdir(), 'modality-lab-audit')),
  };
  install();
  buildKernels();
  await bundleForNode(OUT, { node: 'bench/audit/node.ts', thread: 'bench/transfer/thread.ts' });
  const child = spawn(process.execPath, [join(OUT, 'node.mjs'), JSON.stringify(settings)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((settle) => child.once('close', settle));
  const results = [];
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    results.push(JSON.parse(line));
    if (values.out) save(resolve(values.out), results);
  }
  if ((await ended) !== 0) fail('The trial ended early: the messages above say why.');
}

/** Saves after every seed, so that an interrupted list keeps its results. @param {string} file @param {object[]} results */
function save(file, results) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
}
