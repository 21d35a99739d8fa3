#!/usr/bin/env node
/**
 * `npm run practice -- --out DIR [--seed N] [--sites folder,folder] [--patients N]`: writes the files of a practice
 * project, DICOM of simulated patients, with its datasets.json. The same seed gives the same bytes.
 */
import './foreground.js';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { commandLine } from './args.js';
import { bundlePractice } from './bundle.js';
import { buildKernels, fail, install } from './setup.js';

const MEGABYTE = 2 ** 20;

/** @typedef {import('../src/core/simulate/plan.ts').PlannedSeries} PlannedSeries */
/** @typedef {{ files: number, bytes: number, error?: string }} Done */

if (isMainThread) await main();
else serve();

async function main() {
  const { values } = commandLine({
    usage: 'npm run practice',
    about: 'writes the files of a practice project, with its datasets.json',
    options: {
      out: { type: 'text', value: 'DIR', about: 'where the files go' },
      seed: { type: 'number', default: 1, whole: true, least: 0, about: 'the same one gives the same bytes' },
      sites: { type: 'texts', value: 'FOLDER,FOLDER', about: 'these alone; without it the usual project' },
      patients: { type: 'number', default: 1, about: 'factor on the number of patients' },
      threads: { type: 'number', whole: true, least: 1, about: 'threads; without it one a core, 8 at most' },
      list: { type: 'flag', about: 'lists the sites and makes nothing' },
    },
  });
  const { seed, patients, sites } = values;
  const threads = values.threads ?? Math.min(8, availableParallelism());
  if (!(patients > 0)) fail('--patients is a factor above 0.');
  if (!values.out && !values.list) fail('Say where the files go: npm run practice -- --out DIR');
  install();
  buildKernels();
  const bundle = await bundlePractice();
  const { DEFAULT_CHOICES, SITES, planPractice } = await import(bundle.href);
  if (values.list) {
    for (const { folder, name, location } of SITES) console.log(`${folder.padEnd(26)}${name}: ${location}`);
    return;
  }
  const known = SITES.map((/** @type {{ folder: string }} */ site) => site.folder);
  const strange = sites?.find((site) => !known.includes(site));
  if (strange) fail(`There is no site ${strange}; --list shows them all.`);
  const plan = planPractice({ ...DEFAULT_CHOICES, seed, sites: sites ?? null, patients });
  const out = resolve(values.out ?? '');
  // Files of an earlier run with another seed would mix with the new ones.
  for (const { name } of plan.manifest) rmSync(join(out, name), { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const begin = performance.now();
  const total = plan.series.reduce(
    (/** @type {number} */ sum, /** @type {PlannedSeries} */ one) => sum + one.files,
    0,
  );
  const made = { files: 0, bytes: 0 };
  const seconds = () => (performance.now() - begin) / 1000;
  await share(studiesOf(plan.series), threads, { bundle: bundle.href, out }, (done) => {
    made.files += done.files;
    made.bytes += done.bytes;
    const line = `${made.files} of ${total} files, ${(made.bytes / MEGABYTE).toFixed(0)} MB, ${(made.files / seconds()).toFixed(0)} files/s`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}   `);
  });
  writeFileSync(join(out, 'datasets.json'), `${JSON.stringify(plan.manifest, null, 1)}\n`);
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(
    `${made.files} files of ${plan.manifest.length} datasets, ${(made.bytes / MEGABYTE).toFixed(1)} MB, in ${seconds().toFixed(1)} s with ${threads} threads; seed ${seed}. They lie in ${out}.`,
  );
}

/**
 * Series of one patient stay together: they show the same body.
 * @param {PlannedSeries[]} items
 */
function studiesOf(items) {
  /** @type {Map<string, PlannedSeries[]>} */
  const studies = new Map();
  for (const item of items) {
    const key = `${item.site} ${item.patient}`;
    studies.set(key, [...(studies.get(key) ?? []), item]);
  }
  return [...studies.values()];
}

/**
 * Gives the studies to threads, one after the other; ends all threads at the end, and at the first failure.
 * @param {PlannedSeries[][]} studies
 * @param {number} threads
 * @param {{ bundle: string, out: string }} given
 * @param {(done: Done) => void} onDone
 */
async function share(studies, threads, given, onDone) {
  const left = studies.toReversed();
  const workers = Array.from(
    { length: Math.min(threads, studies.length) },
    () => new Worker(new URL(import.meta.url), { workerData: given }),
  );
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise((settle, reject) => {
            const next = () => {
              const study = left.pop();
              if (study) worker.postMessage(study);
              else settle(null);
            };
            worker.on('error', reject);
            worker.on('message', (/** @type {Done & { last: boolean }} */ done) => {
              onDone(done);
              if (done.last) next();
            });
            next();
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function serve() {
  const { bundle, out } = workerData;
  const loaded = import(bundle);
  parentPort?.on('message', async (/** @type {PlannedSeries[]} */ study) => {
    const { makeSeries } = await loaded;
    for (const [index, item] of study.entries()) {
      let bytes = 0;
      const files = await makeSeries(item);
      for (const file of files) {
        const path = join(out, file.path);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, file.bytes);
        bytes += file.bytes.length;
      }
      parentPort?.postMessage({ files: files.length, bytes, last: index === study.length - 1 });
    }
  });
}
