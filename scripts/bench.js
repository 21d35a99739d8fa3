#!/usr/bin/env node
/**
 * Times training on this machine: `npm run bench -- train|infer|ops|layers|compare [options]`, one JSON object a line.
 *
 * Runs in headless Chromium, which is what people use, or with --node in Node. `compare` pairs it with PyTorch
 * or stock tfjs, A B A B, and prints the ratio of the medians. --save adds the lines to bench/results.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { securityHeaders } from './headers.js';
import { saveResults } from './results.js';
import { run as command, fail, install } from './setup.js';

// These have options of their own.
if (process.argv[2] === 'ingest') {
  await (await import('./bench-ingest.js')).benchIngest();
  process.exit(0);
}
if (process.argv[2] === 'practice') {
  await (await import('./bench-practice.js')).benchPractice();
  process.exit(0);
}
if (process.argv[2] === 'scale') {
  await (await import('./bench-scale.js')).benchScale();
  process.exit(0);
}
if (process.argv[2] === 'transfer') {
  await (await import('./bench-transfer.js')).benchTransfer();
  process.exit(0);
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'out/bench');
const USAGE =
  'npm run bench -- train|infer|ops|layers|compare [--what train|infer] [--peer pytorch|tfjs] [--network resnet18] [--size 64] [--batch 16] [--steps 10] [--device simd] [--threads n] [--rounds 3] [--profile] [--node] [--save] [--python /usr/bin/python3]';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    network: { type: 'string', default: 'resnet18' },
    size: { type: 'string', default: '64' },
    batch: { type: 'string', default: '16' },
    steps: { type: 'string', default: '10' },
    device: { type: 'string', default: 'simd' },
    threads: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    /** Of compare. */
    what: { type: 'string', default: 'train' },
    peer: { type: 'string', default: 'pytorch' },
    python: { type: 'string', default: '/usr/bin/python3' },
    profile: { type: 'boolean', default: false },
    node: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    /** Output is always JSON; the flag is accepted for scripts that name it. */
    json: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(USAGE);
  process.exit(0);
}

install();
if (!command('npm', ['run', '--silent', 'build:wasm'], 2))
  fail('The kernels could not be compiled: the messages above say why.');
const [{ chromium }, { build }, { requireChromium }] = await Promise.all([
  import('@playwright/test'),
  import('esbuild'),
  import('./browser.js'),
]);

/** @typedef {Record<string, unknown> & { imagesPerSecond: number }} Result */

function optionsFor(/** @type {string} */ what) {
  const { network, device, profile } = flags;
  const [size, batch, steps] = [flags.size, flags.batch, flags.steps].map(Number);
  return {
    what,
    network,
    device,
    profile,
    size,
    batch,
    steps,
    ...(flags.threads && { threads: Number(flags.threads) }),
  };
}

async function bundle() {
  const common = {
    bundle: true,
    splitting: true,
    outdir: OUT,
    logLevel: /** @type {const} */ ('error'),
  };
  await build({
    ...common,
    entryPoints: { page: 'bench/page.ts', worker: 'bench/worker.ts', compute: 'workers/compute.ts' },
    absWorkingDir: ROOT,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
  });
  await build({
    ...common,
    splitting: false,
    entryPoints: { node: 'bench/node.ts' },
    absWorkingDir: ROOT,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
  });
}

/** A function that measures in Chromium, and one that ends it. */
async function openChromium() {
  const types = /** @type {Record<string, string>} */ ({ '.js': 'text/javascript', '.html': 'text/html' });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(OUT, path);
    const headers = securityHeaders();
    if (path === '/') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' });
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
    } else if (existsSync(file)) {
      response.writeHead(200, {
        ...headers,
        'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      });
      response.end(readFileSync(file));
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const executablePath = await requireChromium();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.waitForFunction(() => 'bench' in globalThis);
  return {
    /** @returns {Promise<Result[]>} */
    async run(/** @type {object} */ options) {
      const results = await page.evaluate(
        (given) =>
          /** @type {{ bench(options: unknown): Promise<Result[]> }} */ (
            /** @type {unknown} */ (globalThis)
          ).bench(given),
        options,
      );
      return results.map((result) => ({ host: `chromium ${browser.version().split('.')[0]}`, ...result }));
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** @returns {Result[]} */
function lines(/** @type {string} */ command, /** @type {string[]} */ parameters) {
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8', cwd: ROOT });
  if (status !== 0) throw new Error(stderr || `${command} failed`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function median(/** @type {number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @type {Result[]} */
const printed = [];
function print(/** @type {Result} */ result) {
  // What else the machine was doing: numbers of a busy machine compare with nothing.
  const line = { ...result, load: Number(loadavg()[0].toFixed(1)) };
  printed.push(line);
  console.log(JSON.stringify(line));
}

/** Times the peer once, at the same task. */
async function runPeer(
  /** @type {(options: object) => Promise<Result[]>} */ run,
  /** @type {ReturnType<typeof optionsFor>} */ options,
) {
  if (flags.peer === 'tfjs') return run({ ...options, engine: 'tfjs' });
  const threads = String(options.threads ?? availableParallelism());
  const { network, size, batch, steps } = flags;
  const settings = Object.entries({ network, size, batch, steps, threads });
  const parameters = settings.flatMap(([name, value]) => [`--${name}`, value]);
  return lines(flags.python, ['bench/peer/torch_twin.py', options.what, ...parameters]);
}

async function compare(/** @type {(options: object) => Promise<Result[]>} */ run) {
  const options = optionsFor(flags.what);
  /** @type {Result[][]} */
  const pairs = [];
  const ours = [];
  const theirs = [];
  for (let round = 0; round < Number(flags.rounds); round++) {
    const [mine] = await run(options);
    print(mine);
    ours.push(mine.imagesPerSecond);
    const [their] = await runPeer(run, options);
    print(their);
    theirs.push(their.imagesPerSecond);
    pairs.push([mine, their]);
  }
  const [mine, their] = pairs[0];
  const ratio = median(ours) / median(theirs);
  print({
    what: 'compare',
    task: options.what,
    host: mine.host,
    device: mine.device,
    adapter: mine.adapter,
    threads: mine.threads,
    peer: their.device,
    network: flags.network,
    size: options.size,
    batch: options.batch,
    rounds: ours.length,
    imagesPerSecond: median(ours),
    peerImagesPerSecond: median(theirs),
    ratio: Number(ratio.toPrecision(3)),
  });
}

const what = positionals[0];
if (!['train', 'infer', 'ops', 'layers', 'compare'].includes(what)) {
  console.error(USAGE);
  process.exit(2);
}
await bundle();
const browser = flags.node ? null : await openChromium();
const run = async (/** @type {object} */ options) =>
  browser ? browser.run(options) : lines(process.execPath, [join(OUT, 'node.mjs'), JSON.stringify(options)]);
try {
  if (what === 'compare') await compare(run);
  else for (const result of await run(optionsFor(what))) print(result);
  if (flags.save) saveResults(printed);
} finally {
  await browser?.close();
}
