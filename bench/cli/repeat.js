/**
 * `npm run bench -- repeat [--data DIR]`, or `ingest --repeat`: drops a folder into a new project, then again and
 * again, in turn with a check of the stored pixels against their checksums and without. One JSON object per folder:
 * DIR, and two generated folders.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildKernels, fail, install, ROOT } from '../../scripts/setup.js';
import { median, significant } from '../stats.js';
import { bundleForBrowser, bundleForNode } from './bundle.js';
import { ask, launchWithProfile, openPage, serveBundle } from './chromium.js';
import { command } from './command.js';
import { DATA, folderAt } from './data.js';
import { load, print } from './output.js';
import { saveResults } from './results.js';

/** Three folders deep, so that a codec in the bundle finds its .wasm by the same relative path as in its source. */
const OUT = join(ROOT, 'out/bench/drop');
/** Numbers of generated files: small files of one slice each, and volumes of 256 slices that need no resizing. */
const GENERATED = { slices: 4000, volumes: 16 };

export const repeat = command({
  name: 'repeat',
  describe: 'a folder dropped again, with the stored pixels held against their checksums and without',
  options: {
    data: { ...DATA, about: 'a folder besides the two that are generated' },
    rounds: { type: 'number', default: 5, whole: true, least: 1, about: 'measurements of each' },
    only: { type: 'text', default: '', about: 'folders whose names hold this' },
    save: { type: 'flag', about: 'adds the lines to bench/results' },
  },
  async run({ data, rounds, only, save }) {
    const lines = await measureRepeats(data === undefined ? null : folderAt(data), rounds, only);
    if (save) saveResults(lines);
  },
});

/** @param {string | null} data @param {number} rounds @param {string} only */
export async function measureRepeats(data, rounds, only) {
  install();
  buildKernels();
  await bundleForBrowser(OUT, {
    page: 'bench/drop/page.ts',
    worker: 'bench/drop/worker.ts',
    decode: 'workers/decode.ts',
  });
  const server = await serveBundle(OUT, { body: '<input type="file" webkitdirectory />' });
  const made = mkdtempSync(join(tmpdir(), 'modality-lab-bench-'));
  try {
    const make = (/** @type {keyof typeof GENERATED} */ kind) => () =>
      generate(join(made, kind), kind, GENERATED[kind]);
    const folders = /** @type {Record<string, () => string | Promise<string>>} */ ({
      ...(data && { data: () => data }),
      'generated, 64×64 DICOM': make('slices'),
      'generated, 224×224×256 NIfTI': make('volumes'),
    });
    const lines = [];
    for (const [name, folder] of Object.entries(folders)) {
      if (!name.includes(only)) continue;
      const line = await measure(name, await folder(), rounds, server.url);
      print(line);
      lines.push(line);
    }
    return lines;
  } finally {
    await server.close();
    rmSync(made, { recursive: true, force: true });
  }
}

/** @param {string} name @param {string} folder @param {number} rounds @param {string} url */
async function measure(name, folder, rounds, url) {
  /** @typedef {{ seconds: number, healed: number, files: number, slices: number, known: number }} Dropped */
  const first = /** @type {Dropped[]} */ ([]);
  const repeated = { checked: /** @type {Dropped[]} */ ([]), unchecked: /** @type {Dropped[]} */ ([]) };
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round < rounds; round++) {
    const profile = mkdtempSync(join(tmpdir(), 'modality-lab-profile-'));
    const context = await launchWithProfile(profile);
    try {
      const page = await context.newPage();
      await openPage(page, url, 'drop');
      await page.locator('input').setInputFiles(folder);
      const drop = async (/** @type {boolean} */ checked) =>
        /** @type {Dropped} */ (await ask(page, 'drop', checked));
      first.push(await drop(true));
      // A B, then B A: a drift within a round affects both equally.
      const order = round % 2 === 0 ? [true, false] : [false, true];
      for (const checked of order) repeated[checked ? 'checked' : 'unchecked'].push(await drop(checked));
      ratios.push(repeated.checked[round].seconds / repeated.unchecked[round].seconds);
    } finally {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
  }
  const [{ files, slices }] = first;
  const seconds = (/** @type {Dropped[]} */ all) => significant(median(all.map((one) => one.seconds)));
  if (repeated.checked.some(({ healed, known }) => healed > 0 || known < slices))
    throw new Error('A repeated drop found something new.');
  return {
    what: 'ingest, repeated drop',
    name,
    files,
    slices,
    rounds,
    firstSeconds: seconds(first),
    uncheckedSeconds: seconds(repeated.unchecked),
    checkedSeconds: seconds(repeated.checked),
    /** The median of the rounds' ratios. */
    ratio: significant(median(ratios)),
    ratios: ratios.map((ratio) => significant(ratio)),
    load: load(),
  };
}

/**
 * Writes generated files into a folder.
 * @param {string} folder @param {'slices' | 'series' | 'volumes'} kind @param {number} count
 */
export async function generate(folder, kind, count) {
  await bundleForNode(join(OUT, 'node'), { generate: 'bench/drop/generate.ts' });
  const generator = join(OUT, 'node/generate.mjs');
  const { status } = spawnSync(process.execPath, [generator, folder, kind, String(count)], {
    stdio: ['ignore', 2, 'inherit'],
  });
  if (status !== 0) fail('The files could not be generated.');
  return folder;
}
