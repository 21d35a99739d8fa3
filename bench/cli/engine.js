/**
 * `npm run bench -- train|infer|ops|layers`: the engine's speed in headless Chromium, because users run the app in a
 * browser, or with --node in Node.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildKernels, install, ROOT } from '../../scripts/setup.js';
import { bundleForBrowser, bundleForNode } from './bundle.js';
import { ask, launch, openPage, serveBundle } from './chromium.js';
import { command } from './command.js';
import { load, print } from './output.js';
import { saveResults } from './results.js';

export const OUT = join(ROOT, 'out/bench');

/** @typedef {Record<string, unknown> & { imagesPerSecond: number }} Result */
/** @typedef {import('../../scripts/args.js').Values<typeof ENGINE_OPTIONS>} EngineFlags */
/** @typedef {(options: object) => Promise<Result[]>} Measure */

export const ENGINE_OPTIONS = /** @type {const} */ ({
  network: { type: 'text', value: 'NAME', default: 'resnet18', about: 'the network' },
  size: { type: 'number', default: 64, whole: true, least: 1, about: 'pixels of a side' },
  batch: { type: 'number', default: 16, whole: true, least: 1, about: 'images of a step' },
  steps: { type: 'number', default: 10, whole: true, least: 1, about: 'steps that are timed' },
  device: { type: 'text', value: 'simd|webgpu|reference', default: 'simd', about: 'what computes' },
  threads: { type: 'number', whole: true, least: 1, about: 'threads at most' },
  profile: { type: 'flag', about: 'times every kernel of a graphics processor, which costs speed' },
  node: { type: 'flag', about: 'in Node instead of Chromium' },
  save: { type: 'flag', about: 'adds the lines to bench/results' },
  json: { type: 'flag', about: 'lines are JSON with or without it' },
});

export const train = engineCommand('train', 'images/s of training');
export const infer = engineCommand('infer', 'images/s of prediction');
export const ops = engineCommand('ops', 'each convolution of ResNet-18 alone');
export const layers = engineCommand('layers', 'each layer of a training step');

/** @param {string} what @param {string} describe */
function engineCommand(what, describe) {
  return command({
    name: what,
    describe,
    options: ENGINE_OPTIONS,
    run: (flags) =>
      withEngine(flags, async (measure, tell) => {
        for (const result of await measure(measureOptions(what, flags))) tell(result);
      }),
  });
}

/** The measurement's settings. @param {string} what @param {EngineFlags} flags */
export function measureOptions(what, { network, device, profile, size, batch, steps, threads }) {
  return { what, network, device, profile, size, batch, steps, ...(threads && { threads }) };
}

/**
 * Sets up the engine for `work`, prints its results, and saves them with --save.
 * @param {EngineFlags} flags
 * @param {(measure: Measure, tell: (result: Result) => void) => Promise<void>} work
 */
export async function withEngine(flags, work) {
  install();
  buildKernels();
  await bundleForBrowser(OUT, {
    page: 'bench/page.ts',
    worker: 'bench/worker.ts',
    compute: 'workers/compute.ts',
  });
  await bundleForNode(OUT, { node: 'bench/node.ts', onnx: 'bench/peer/onnxNode.ts' });
  /** @type {Result[]} */
  const printed = [];
  const tell = (/** @type {Result} */ result) => {
    const line = { ...result, load: load() };
    printed.push(line);
    print(line);
  };
  const { measure, close } = flags.node ? inNode() : await inChromium();
  try {
    await work(measure, tell);
    if (flags.save) saveResults(printed);
  } finally {
    await close();
  }
}

/** @returns {{ measure: Measure, close(): Promise<void> }} */
function inNode() {
  return {
    measure: async (options) => linesOf(process.execPath, [join(OUT, 'node.mjs'), JSON.stringify(options)]),
    close: async () => {},
  };
}

/** @returns {Promise<{ measure: Measure, close(): Promise<void> }>} */
async function inChromium() {
  const server = await serveBundle(OUT);
  const browser = await launch();
  const page = await browser.newPage();
  await openPage(page, server.url, 'bench');
  const host = `chromium ${browser.version().split('.')[0]}`;
  return {
    async measure(options) {
      const results = /** @type {Result[]} */ (await ask(page, 'bench', options));
      return results.map((result) => ({ host, ...result }));
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** The lines of JSON that a program prints. @param {string} program @param {string[]} parameters @returns {Result[]} */
export function linesOf(program, parameters) {
  const { status, stdout, stderr } = spawnSync(program, parameters, { encoding: 'utf8', cwd: ROOT });
  if (status !== 0) throw new Error(stderr || `${program} failed`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
