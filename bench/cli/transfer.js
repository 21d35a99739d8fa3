/**
 * `npm run bench -- transfer --data DIR`: measures a network trained on simulated patients with real patients, and the
 * reverse, with several seeds. Reading, training and prediction are the product's, in Node; one JSON object per
 * training.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { bundlePractice } from '../../scripts/bundle.js';
import { buildKernels, fail, install, ROOT, run } from '../../scripts/setup.js';
import { bundleForNode } from './bundle.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';
import { load, print } from './output.js';

/** Four folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/transfer/node');
const ARMS = /** @type {const} */ (['practice', 'real', 'both', 'project']);

const OPTIONS = /** @type {const} */ ({
  data: { ...DATA, required: true, about: '<dataset>/<CT|MR|PT|XR>/… with a datasets.json that has splits' },
  seeds: {
    type: 'numbers',
    default: [1, 2, 3],
    whole: true,
    least: 0,
    about: 'of trainings and practice data',
  },
  arms: { type: 'texts', default: ARMS, choices: ARMS, about: 'what is learned from' },
  network: { type: 'text', value: 'NAME', default: 'resnet18', about: 'the network' },
  size: { type: 'text', choices: ['64', '128', '224'], default: '64', about: 'pixels of a side' },
  images: {
    type: 'number',
    default: 8192,
    least: 1,
    about: 'shown in a training, in as many epochs as that takes',
  },
  limit: {
    type: 'number',
    default: 100,
    least: 1,
    about: 'slices of a modality to learn from in a dataset at most',
  },
  patients: { type: 'number', default: 1, about: 'factor on the practice patients that are learned from' },
  device: { type: 'text', value: 'simd|webgpu|reference', default: 'simd', about: 'what computes' },
  threads: { type: 'number', whole: true, least: 1, about: 'threads at most; without it one a core' },
  cache: {
    type: 'text',
    value: 'DIR',
    about: 'where practice data are kept; without it the temporary folder',
  },
  out: { type: 'text', value: 'FILE', about: 'a file for the settings and the lines' },
});

export const transfer = command({
  name: 'transfer',
  describe: 'what a network that learned from simulated patients is worth on real ones, and the reverse',
  options: OPTIONS,
  run: measureTransfer,
});

/** @param {import('../../scripts/args.js').Values<typeof OPTIONS>} flags */
async function measureTransfer(flags) {
  const data = folderAt(flags.data);
  const { arms, seeds, network, images, limit, patients, device } = flags;
  const size = Number(flags.size);
  const threads = flags.threads ?? availableParallelism();
  const cache = flags.cache ?? join(tmpdir(), 'modality-lab-transfer');
  install();
  buildKernels();
  await bundleForNode(OUT, { node: 'bench/transfer/node.ts', thread: 'bench/transfer/thread.ts' });
  /** @type {Record<number, { large: string, usual: string }>} */
  const practice = {};
  const { EDITION: edition } = await import((await bundlePractice()).href);
  for (const seed of seeds) {
    const usual = made(cache, edition, seed, '1');
    practice[seed] = { large: made(cache, edition, seed, String(patients)), usual };
  }
  const settings = { edition, network, size, images, limit, patients, device, threads, seeds };
  /** @type {object[]} */
  const results = [];
  const child = spawn(
    process.execPath,
    [join(OUT, 'node.mjs'), JSON.stringify({ ...settings, arms, practice, data })],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((settle) => child.once('close', settle));
  for await (const line of createInterface({ input: child.stdout })) {
    const result = { ...JSON.parse(line), load: load() };
    results.push(result);
    print(result);
    if (flags.out) save(resolve(flags.out), settings, results);
  }
  if ((await ended) !== 0) fail('The benchmark ended early: the messages above say why.');
}

/**
 * The practice data of a seed; made if this edition's do not exist.
 * @param {string} cache @param {number} edition @param {number} seed @param {string} patients
 */
function made(cache, edition, seed, patients) {
  const folder = join(resolve(cache), `edition${edition}-seed${seed}-patients${patients}`);
  if (existsSync(join(folder, 'datasets.json'))) return folder;
  const options = ['--out', folder, '--seed', String(seed), '--patients', patients];
  if (!run(process.execPath, ['scripts/practice.js', ...options], 2))
    fail('The practice data could not be made.');
  return folder;
}

/**
 * Saves after every training, so that an interrupted long list keeps its results.
 * @param {string} file @param {object} settings @param {object[]} results
 */
function save(file, settings, results) {
  const date = new Date().toISOString().slice(0, 10);
  mkdirSync(dirname(file), { recursive: true });
  const lines = results.map((result) => `  ${JSON.stringify(result)}`).join(',\n');
  writeFileSync(
    file,
    `{\n "date": "${date}",\n "settings": ${JSON.stringify(settings)},\n "results": [\n${lines}\n ]\n}\n`,
  );
}
