/**
 * `npm run bench -- transfer --data DIR`: what a network learns from simulated patients is worth on real ones, and the
 * reverse, with several seeds. Reading, training and prediction are the product's, in Node; one JSON object a training.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build as bundle } from 'esbuild';
import { fail, install, ROOT, run } from './setup.js';

/** Four folders deep, so that a codec finds its .wasm from the bundle as from its source. */
const OUT = join(ROOT, 'out/bench/transfer/node');
const ARMS = ['practice', 'real', 'both', 'project'];
const USAGE = `npm run bench -- transfer --data DIR [--seeds 1,2,3] [--arms ${ARMS.join(',')}] [--network resnet18] [--size 64] [--images 8192] [--limit 100] [--patients 1] [--device simd] [--threads n] [--cache DIR] [--out FILE]`;

export async function benchTransfer() {
  const { values: flags } = parseArgs({
    args: process.argv.slice(3),
    options: {
      data: { type: 'string' },
      seeds: { type: 'string', default: '1,2,3' },
      arms: { type: 'string', default: ARMS.join(',') },
      network: { type: 'string', default: 'resnet18' },
      size: { type: 'string', default: '64' },
      /** Shown in each training, in as many epochs as that takes. */
      images: { type: 'string', default: '8192' },
      /** Slices of one modality that a dataset gives to learn from at most. */
      limit: { type: 'string', default: '100' },
      /** Factor on the patients of the practice data that are learned from. */
      patients: { type: 'string', default: '1' },
      device: { type: 'string', default: 'simd' },
      threads: { type: 'string', default: String(availableParallelism()) },
      /** Where practice data are kept from one call to the next. */
      cache: { type: 'string', default: join(tmpdir(), 'modality-lab-transfer') },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (flags.help || !flags.data || !existsSync(flags.data)) fail(USAGE);
  const arms = flags.arms.split(',');
  const seeds = flags.seeds.split(',').map(Number);
  const [size, images, limit, threads] = [flags.size, flags.images, flags.limit, flags.threads].map(Number);
  if (arms.some((arm) => !ARMS.includes(arm)) || seeds.some((seed) => !Number.isInteger(seed) || seed < 0))
    fail(USAGE);
  if (![64, 128, 224].includes(size) || !(images > 0) || !(limit > 0) || !(threads >= 1)) fail(USAGE);
  install();
  if (!run('npm', ['run', '--silent', 'build:wasm'], 2)) fail('The kernels could not be compiled.');
  await bundleNode();
  /** @type {Record<number, { large: string, usual: string }>} */
  const practice = {};
  for (const seed of seeds) {
    const usual = made(flags.cache, seed, '1');
    practice[seed] = { large: made(flags.cache, seed, flags.patients), usual };
  }
  const { network, device } = flags;
  const settings = { network, size, images, limit, patients: Number(flags.patients), device, threads, seeds };
  /** @type {object[]} */
  const results = [];
  const child = spawn(
    process.execPath,
    [join(OUT, 'node.mjs'), JSON.stringify({ ...settings, arms, practice, data: resolve(flags.data) })],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((settle) => child.once('close', settle));
  for await (const line of createInterface({ input: child.stdout })) {
    // What else the machine was doing.
    const result = { ...JSON.parse(line), load: Number(loadavg()[0].toFixed(1)) };
    results.push(result);
    console.log(JSON.stringify(result));
    if (flags.out) save(resolve(flags.out), settings, results);
  }
  if ((await ended) !== 0) fail('The benchmark ended early: the messages above say why.');
}

/**
 * The practice data of a seed, made unless they are there.
 * @param {string} cache @param {number} seed @param {string} patients
 */
function made(cache, seed, patients) {
  const folder = join(resolve(cache), `seed${seed}-patients${patients}`);
  if (existsSync(join(folder, 'datasets.json'))) return folder;
  const options = ['--out', folder, '--seed', String(seed), '--patients', patients];
  if (!run(process.execPath, ['scripts/practice.js', ...options], 2))
    fail('The practice data could not be made.');
  return folder;
}

/** After every training, so that a long list that is ended leaves what it has. @param {string} file @param {object} settings @param {object[]} results */
function save(file, settings, results) {
  const date = new Date().toISOString().slice(0, 10);
  mkdirSync(dirname(file), { recursive: true });
  const lines = results.map((result) => `  ${JSON.stringify(result)}`).join(',\n');
  writeFileSync(
    file,
    `{\n "date": "${date}",\n "settings": ${JSON.stringify(settings)},\n "results": [\n${lines}\n ]\n}\n`,
  );
}

function bundleNode() {
  return bundle({
    absWorkingDir: ROOT,
    entryPoints: { node: 'bench/transfer/node.ts', thread: 'bench/transfer/thread.ts' },
    outdir: OUT,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
}
