/**
 * `npm run bench -- practice [--seed N] [--sites folder,folder]`: makes the series of a practice project one after the
 * other on one thread and prints, as JSON lines, the CPU seconds of each region and modality and of all, beside a fixed
 * piece of arithmetic measured in the same run. `checksum` covers all bytes: equal checksums mean equal files.
 */
import { createHash } from 'node:crypto';
import { bundlePractice } from '../../scripts/bundle.js';
import { buildKernels, fail, install } from '../../scripts/setup.js';
import { command } from './command.js';
import { print } from './output.js';

/** @typedef {{ series: number, files: number, bytes: number, seconds: number }} Cost */

/** CPU seconds since the process began. */
function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU seconds of 2e8 dependent multiply-adds: a measure of this core's present speed. */
function reference() {
  const begin = spent();
  let value = 1;
  for (let i = 0; i < 2e8; i++) value = value * 0.999999 + 1e-6;
  if (Number.isNaN(value)) fail('Arithmetic went wrong.');
  return spent() - begin;
}

export const practice = command({
  name: 'practice',
  describe: 'CPU seconds of making a practice project, by region and modality',
  options: {
    seed: { type: 'number', default: 1, whole: true, least: 0, about: 'of the project' },
    sites: { type: 'texts', value: 'FOLDER,FOLDER', about: 'these alone; without it the usual project' },
  },
  run: ({ seed, sites }) => measurePractice(seed, sites ?? null),
});

/** @param {number} seed @param {string[] | null} sites */
async function measurePractice(seed, sites) {
  install();
  buildKernels();
  const { DEFAULT_CHOICES, EDITION, makeSeries, planPractice } = await import((await bundlePractice()).href);
  /** @type {import('../../src/core/simulate/plan.ts').PracticePlan} */
  const plan = planPractice({ ...DEFAULT_CHOICES, seed, sites });
  /** @type {Map<string, Cost>} */
  const costs = new Map();
  const all = { series: 0, files: 0, bytes: 0, seconds: 0 };
  const sum = createHash('sha256');
  const before = reference();
  for (const one of plan.series) {
    const begin = spent();
    const files = await makeSeries(one);
    const seconds = spent() - begin;
    let bytes = 0;
    for (const file of files) {
      bytes += file.bytes.length;
      sum.update(file.bytes);
    }
    const key = `${one.region} ${one.scout ? 'scout' : one.modality}`;
    const own = costs.get(key) ?? { series: 0, files: 0, bytes: 0, seconds: 0 };
    costs.set(key, own);
    for (const cost of [own, all]) {
      cost.series++;
      cost.files += files.length;
      cost.bytes += bytes;
      cost.seconds += seconds;
    }
  }
  const round = (/** @type {number} */ value) => Number(value.toFixed(3));
  for (const [kind, cost] of [...costs].sort((a, b) => b[1].seconds - a[1].seconds)) {
    const { seconds, files } = cost;
    print({ kind, ...cost, seconds: round(seconds), secondsPerFile: round(seconds / files) });
  }
  // The processor may have slowed down during the run.
  const unit = (before + reference()) / 2;
  print({
    kind: 'all',
    edition: EDITION,
    ...all,
    seconds: round(all.seconds),
    referenceSeconds: round(unit),
    ratio: round(all.seconds / unit),
    checksum: sum.digest('hex').slice(0, 16),
  });
}
