/** `npm run bench -- baselines --data DIR`: what tags, image sizes and hand-crafted features reach on real datasets. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildKernels, fail, install, ROOT } from '../../scripts/setup.js';
import { bundleForNode } from './bundle.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';

/** Four folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/baselines/node');

const OPTIONS = /** @type {const} */ ({
  data: {
    ...DATA,
    required: true,
    about: '<dataset>/<CT|MR|PT|XR>/… with a datasets.json that has splits',
  },
});

export const baselines = command({
  name: 'baselines',
  describe: 'what the tag, the image size and hand-crafted features reach on real datasets',
  options: OPTIONS,
  run: judge,
});

/** @param {import('../../scripts/args.js').Values<typeof OPTIONS>} flags */
async function judge(flags) {
  const data = folderAt(flags.data);
  install();
  buildKernels();
  await bundleForNode(OUT, { node: 'bench/baselines/node.ts' });
  const child = spawn(process.execPath, [join(OUT, 'node.mjs'), JSON.stringify({ data })], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const status = await new Promise((settle) => child.once('close', settle));
  if (status !== 0) fail('The baselines ended early: the messages above say why.');
}
