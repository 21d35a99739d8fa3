/**
 * `npm run generalise -- --data DIR [--plan NAME]`: what makes a network generalise to datasets that it has never seen. Folds of
 * whole datasets are held out in turn; variants of input, augmentation and training are compared. A killed run goes on where
 * it was.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildKernels, fail, install, ROOT } from '../../scripts/setup.js';
import { bundleForNode } from './bundle.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';

/** Four folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/generalise/node');

const OPTIONS = /** @type {const} */ ({
  data: { ...DATA, required: true, about: '<dataset>/<CT|MR|PT|XR>/… with a datasets.json' },
  unknown: {
    type: 'text',
    value: 'DIR',
    about: 'pictures of no class, whose logits and features are kept besides',
  },
  plan: { type: 'text', value: 'NAME', default: 'screen', about: 'sketch, screen, final or trial' },
  seeds: { type: 'numbers', default: [1], whole: true, least: 0, about: 'of folds, weights and draws' },
  only: { type: 'texts', default: [], about: 'names of variants; without it those of the plan' },
  out: { type: 'text', value: 'DIR', default: 'out/generalise', about: 'where cells and originals are kept' },
  threads: { type: 'number', default: 1, whole: true, least: 1, about: 'threads of a training' },
  table: { type: 'flag', about: 'only prints the table of what is finished' },
});

export const generalise = command({
  name: 'generalise',
  describe: 'which input, augmentation and training make a network right on datasets it has never seen',
  options: OPTIONS,
  run: study,
});

/** @param {import('../../scripts/args.js').Values<typeof OPTIONS>} flags */
async function study(flags) {
  const { plan, seeds, only, threads, table } = flags;
  const data = folderAt(flags.data);
  install();
  buildKernels();
  await bundleForNode(OUT, { node: 'bench/generalise/node.ts', thread: 'bench/transfer/thread.ts' });
  const unknown = flags.unknown === undefined ? null : folderAt(flags.unknown, '--unknown');
  const settings = { data, unknown, out: resolve(flags.out), plan, seeds, only, threads, tableOnly: table };
  const child = spawn(process.execPath, [join(OUT, 'node.mjs'), JSON.stringify(settings)], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const status = await new Promise((settle) => child.once('close', settle));
  if (status !== 0) fail('The study ended early: the messages above say why. The same command goes on.');
}
