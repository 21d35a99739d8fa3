#!/usr/bin/env node
/**
 * Pictures of simulated patients to look at, one sheet a modality: `node scripts/montage.js --out DIR [--seed N]
 * [--only CT,XR] [--regions chest,head]`. Prints what each series took.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { encode } from 'fast-png';
import { ROOT } from './setup.js';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/montage' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: 'CT,MR,PT,XR' },
    regions: { type: 'string', default: '' },
  },
});

const bundle = join(ROOT, 'out', 'montage', 'sheets.mjs');
await build({
  absWorkingDir: ROOT,
  entryPoints: ['test/make/sheets.ts'],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
});
/** @type {typeof import('../test/make/sheets.ts')} */
const { sheet } = await import(pathToFileURL(bundle).href);
mkdirSync(resolve(options.out), { recursive: true });
for (const modality of options.only.split(',')) {
  const { pixels, width, height } = sheet(
    /** @type {'CT' | 'MR' | 'PT' | 'XR'} */ (modality),
    Number(options.seed),
    options.regions ? options.regions.split(',') : [],
    (line) => console.log(line),
    // CPU time: other work on the machine doesn't count.
    () => process.cpuUsage().user / 1000,
  );
  const path = join(resolve(options.out), `${modality.toLowerCase()}-${options.seed}.png`);
  writeFileSync(path, encode({ data: pixels, width, height, channels: 1 }));
  console.log(path);
}
