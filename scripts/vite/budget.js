/** Size limits of the built files: a Vite plugin that prints their sizes and fails the build over budget. */
import { gzipSync } from 'node:zlib';

/**
 * In kB (1000 bytes), uncompressed and with gzip; about a tenth above the sizes at the last review. Files with one name
 * are copies for several workers: the largest counts. Raise a number only for a known reason.
 * @type {Record<string, [number, number]>}
 */
export const BUDGETS = {
  // The engine of all workers that compute: workers/engine.ts. A worker's bundle shares no code with the page's.
  // `sets.js` is tfjs with what its services share: the bundler names it after one of its modules.
  'sets.js': [1780, 275],
  'device.js': [98, 35],
  'nn.js': [960, 245],
  'index.js': [1235, 415],
  'webgpu.js': [560, 95],
  'openjpegwasm.wasm': [410, 143],
  'openjpegwasm_decode.wasm': [290, 95],
  'charlswasm.wasm': [275, 74],
  // The library that draws the charts, loaded with the first of them.
  'recharts.js': [490, 136],
  'practice.js': [275, 110],
  // The inspector's list of header elements: dicom-parser, and the names of all elements of the standard.
  'tree.js': [225, 67],
  'charlswasm_decode.wasm': [160, 52],
  'inspect.js': [150, 57],
  'decode.js': [142, 54],
  'ingest.js': [143, 55],
  'index.css': [140, 27],
  'classify.js': [75, 31],
  'leaks.js': [75, 28],
  'leakPart.js': [65, 24],
  'THIRD-PARTY.txt': [92, 17],
  'train.js': [55, 20],
};

/** Limit of a file without its own line. */
export const OTHER = /** @type {[number, number]} */ ([40, 16]);
/** Limit of all files together. */
export const TOTAL = /** @type {[number, number]} */ ([8400, 2330]);

/** @typedef {{ name: string, files: number, kB: number, gzip: number }} Size */

/** The name of a built file without folder and hash. @param {string} path */
export function nameOf(path) {
  return path.replace(/^.*\//, '').replace(/-[\w-]{8}(?=\.\w+$)/, '');
}

/**
 * Sizes by name, largest first.
 * @param {readonly { path: string, bytes: Uint8Array }[]} files
 * @returns {Size[]}
 */
export function sizesOf(files) {
  /** @type {Map<string, Size>} */
  const sizes = new Map();
  for (const { path, bytes } of files) {
    const name = nameOf(path);
    const size = sizes.get(name) ?? { name, files: 0, kB: 0, gzip: 0 };
    size.files++;
    size.kB = Math.max(size.kB, bytes.length / 1000);
    size.gzip = Math.max(size.gzip, gzipSync(bytes).length / 1000);
    sizes.set(name, size);
  }
  return [...sizes.values()].sort((a, b) => b.kB - a.kB);
}

/** All copies of all files. @param {readonly Size[]} sizes @returns {Size} */
export function totalOf(sizes) {
  const sum = (/** @type {'kB' | 'gzip'} */ key) =>
    sizes.reduce((all, size) => all + size[key] * size.files, 0);
  return {
    name: 'all together',
    files: sizes.reduce((all, { files }) => all + files, 0),
    kB: sum('kB'),
    gzip: sum('gzip'),
  };
}

/** A sentence for each file over its budget, and for each budget without a file. @param {readonly Size[]} sizes */
export function overBudget(sizes, budgets = BUDGETS, other = OTHER, total = TOTAL) {
  const over = (/** @type {Size} */ { name, kB, gzip }, /** @type {[number, number]} */ [most, mostGzip]) =>
    kB > most || gzip > mostGzip
      ? [`${name}: ${kB.toFixed(1)} kB (gzip ${gzip.toFixed(1)}), budget ${most} (${mostGzip}).`]
      : [];
  const names = sizes.map(({ name }) => name);
  return [
    ...sizes.flatMap((size) => over(size, budgets[size.name] ?? other)),
    ...over(totalOf(sizes), total),
    ...Object.keys(budgets)
      .filter((name) => !names.includes(name))
      .map((name) => `${name} has a budget, but is not built any more.`),
  ];
}

/** @param {readonly Size[]} sizes */
export function table(sizes, budgets = BUDGETS, other = OTHER, total = TOTAL) {
  const row = (
    /** @type {Size} */ { name, files, kB, gzip },
    /** @type {[number, number]} */ [most, mostGzip],
  ) =>
    [
      name.padEnd(28),
      `×${files}`.padStart(4),
      kB.toFixed(1).padStart(9),
      `of ${most}`.padEnd(9),
      gzip.toFixed(1).padStart(8),
      `of ${mostGzip}`,
    ].join(' ');
  // The small files share one limit and would only fill the screen.
  const shown = sizes.filter(({ name }) => name in budgets);
  return [
    'Sizes in kB, as they lie and with gzip:',
    ...shown.map((size) => row(size, budgets[size.name])),
    `${sizes.length - shown.length} smaller names, each of ${other[0]} and ${other[1]}`,
    row(totalOf(sizes), total),
  ].join('\n');
}

/** @returns {import('vite').Plugin} */
export function budget() {
  let quiet = false;
  return {
    name: 'budget',
    apply: 'build',
    configResolved({ logLevel }) {
      quiet = logLevel === 'error' || logLevel === 'silent';
    },
    writeBundle(_, bundle) {
      const sizes = sizesOf(
        Object.entries(bundle).map(([path, output]) => ({
          path,
          bytes: Buffer.from(output.type === 'chunk' ? output.code : output.source),
        })),
      );
      if (!quiet) console.log(table(sizes));
      const over = overBudget(sizes);
      if (over.length > 0)
        this.error(`Over the budget of scripts/vite/budget.js:\n${over.map((one) => `  ${one}`).join('\n')}`);
    },
  };
}
