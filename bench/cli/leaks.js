/** `npm run bench -- leaks --data DIR`: how many planted leaks the leak guard finds among up to 100,000 slices, and how fast. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildKernels, fail, install, ROOT } from '../../scripts/setup.js';
import { bundleForNode } from './bundle.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';
import { load, print } from './output.js';
import { saveResults } from './results.js';

/** Four folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/leaks/node');

const OPTIONS = /** @type {const} */ ({
  data: { ...DATA, required: true, about: 'datasets whose slices are copied: <dataset>/…' },
  counts: { type: 'numbers', default: [100_000], whole: true, least: 1000, about: 'slices in all' },
  seeds: { type: 'numbers', default: [1], whole: true, least: 0, about: 'of what is planted' },
  threads: { type: 'numbers', default: [2], whole: true, least: 1, about: 'that compare slices' },
  save: { type: 'flag', about: 'adds the lines to bench/results' },
});

export const leaks = command({
  name: 'leaks',
  describe: 'planted leaks found among so many slices: recall, precision, seconds, memory',
  options: OPTIONS,
  run: find,
});

/** @param {import('../../scripts/args.js').Values<typeof OPTIONS>} flags */
async function find(flags) {
  const data = folderAt(flags.data);
  install();
  buildKernels();
  await bundleForNode(OUT, { node: 'bench/leaks/node.ts', part: 'bench/leaks/part.ts' });
  const { counts, seeds, threads } = flags;
  const settings = JSON.stringify({ data, counts, seeds, threads });
  const child = spawn(process.execPath, [join(OUT, 'node.mjs'), settings], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const status = new Promise((settle) => child.once('close', settle));
  /** @type {object[]} */
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push({ ...JSON.parse(line), load: load() });
    print(lines[lines.length - 1]);
  }
  if ((await status) !== 0) fail('The trial ended early: the messages above say why.');
  if (flags.save) saveResults(lines);
}
