/**
 * `npm run train-starter -- --data DIR`: trains the model that comes with the app on every dataset whose licence allows its
 * weights to be shipped, checks it on the others, and writes its weights and its card. A killed run goes on where it was.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildKernels, fail, install, ROOT } from '../../scripts/setup.js';
import { bundleForNode } from './bundle.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';

/** Four folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/starter/node');

const OPTIONS = /** @type {const} */ ({
  data: {
    ...DATA,
    required: true,
    about: '<dataset>/<CT|MR|PT|XR>/… with a datasets.json that says may_ship',
  },
  variant: {
    type: 'text',
    value: 'NAME',
    about: 'the recipe; without it the STARTER of generalise/plans.ts',
  },
  plan: { type: 'text', value: 'NAME', about: 'how long; without it the STARTER of generalise/plans.ts' },
  seed: { type: 'number', default: 1, whole: true, least: 0, about: 'of folds, weights and draws' },
  out: {
    type: 'text',
    value: 'DIR',
    default: 'out/generalise',
    about: 'where states and originals are kept',
  },
  ship: { type: 'text', value: 'DIR', default: 'public/starter', about: 'where the weights and the card go' },
  log: { type: 'text', value: 'FILE', default: 'bench/results/starter.jsonl', about: 'what happened when' },
  threads: { type: 'number', default: 1, whole: true, least: 1, about: 'threads of a training' },
  minutes: { type: 'number', about: 'ends after so many; the same command goes on' },
});

export const trainStarter = command({
  name: 'starter',
  describe: 'trains the model that comes with the app',
  options: OPTIONS,
  run: train,
});

/** @param {import('../../scripts/args.js').Values<typeof OPTIONS>} flags */
async function train(flags) {
  const { variant, plan, seed, threads, minutes } = flags;
  const data = folderAt(flags.data);
  install();
  buildKernels();
  await bundleForNode(OUT, { node: 'bench/starter/node.ts', thread: 'bench/transfer/thread.ts' });
  const settings = {
    data,
    out: resolve(flags.out),
    ship: resolve(flags.ship),
    log: resolve(flags.log),
    ...{ variant: variant ?? null, plan: plan ?? null, seed, threads, minutes: minutes ?? null },
  };
  const child = spawn(process.execPath, [join(OUT, 'node.mjs'), JSON.stringify(settings)], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const status = await new Promise((settle) => child.once('close', settle));
  if (status !== 0) fail('The training ended early: the messages above say why. The same command goes on.');
}
