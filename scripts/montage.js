#!/usr/bin/env node
/**
 * Pictures of simulated patients for inspection, one sheet per modality: `node scripts/montage.js --out DIR [--seed N]
 * [--only CT,XR] [--regions chest,head]`. It prints the time of each series.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { encode } from 'fast-png';
import { commandLine } from './args.js';
import { ROOT } from './setup.js';

const MODALITIES = /** @type {const} */ (['CT', 'MR', 'PT', 'XR']);
const { values: options } = commandLine({
  usage: 'node scripts/montage.js',
  about: 'draws sheets of simulated pictures, one a modality',
  options: {
    out: { type: 'text', value: 'DIR', default: 'out/montage', about: 'where they are written' },
    seed: { type: 'number', default: 1, whole: true, least: 0, about: 'of the patients' },
    only: { type: 'texts', default: MODALITIES, choices: MODALITIES, about: 'these modalities alone' },
    regions: { type: 'texts', about: 'these regions alone' },
  },
});

const bundle = join(ROOT, 'out', 'montage', 'sheets.mjs');
await build({
  absWorkingDir: ROOT,
  entryPoints: ['test/tools/sheets.ts'],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
});
/** @type {typeof import('../test/tools/sheets.ts')} */
const { sheet } = await import(pathToFileURL(bundle).href);
mkdirSync(resolve(options.out), { recursive: true });
for (const modality of options.only) {
  const { pixels, width, height } = sheet(
    /** @type {'CT' | 'MR' | 'PT' | 'XR'} */ (modality),
    options.seed,
    options.regions ?? [],
    (line) => console.log(line),
    // CPU time excludes other work on the machine.
    () => process.cpuUsage().user / 1000,
  );
  const path = join(resolve(options.out), `${modality.toLowerCase()}-${options.seed}.png`);
  writeFileSync(path, encode({ data: pixels, width, height, channels: 1 }));
  console.log(path);
}
