/** The budget of the built files. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  BUDGETS,
  nameOf,
  OTHER,
  overBudget,
  sizesOf,
  TOTAL,
  table,
  totalOf,
} from '../../scripts/vite/budget.js';

const size = (name: string, kB: number, gzip: number, files = 1) => ({ name, files, kB, gzip });
const budgets: Record<string, [number, number]> = { 'index.js': [100, 30] };
const other: [number, number] = [40, 16];
const total: [number, number] = [300, 90];
const over = (...sizes: ReturnType<typeof size>[]) => overBudget(sizes, budgets, other, total);

test.each([
  ['assets/index-BEumIDfD.js', 'index.js'],
  ['assets/relaxed-shared-CObSMoxB.js', 'relaxed-shared.js'],
  ['assets/charlswasm_decode-CEN7ucFR.wasm', 'charlswasm_decode.wasm'],
  ['assets/ops-Ds1-_Xgh.js', 'ops.js'],
  ['THIRD-PARTY.txt', 'THIRD-PARTY.txt'],
])('%s is counted as %s', (path, name) => {
  expect(nameOf(path)).toBe(name);
});

test('of several copies the largest counts, as it lies and with gzip', () => {
  const [small, large] = [new Uint8Array(1000), new Uint8Array(3000).fill(7)];
  const files = ['assets/webgpu-AAAAAAAA.js', 'assets/webgpu-BBBBBBBB.js'];
  expect(sizesOf([small, large].map((bytes, i) => ({ path: files[i], bytes })))).toEqual([
    { name: 'webgpu.js', files: 2, kB: 3, gzip: gzipSync(large).length / 1000 },
  ]);
});

test('what is within its budget to the last byte is', () => {
  expect(over(size('index.js', 100, 30), size('tiny.js', 40, 16))).toEqual([]);
});

test.each([
  ['as it lies', size('index.js', 100.1, 30), 'index.js: 100.1 kB (gzip 30.0), budget 100 (30).'],
  ['with gzip', size('index.js', 100, 30.1), 'index.js: 100.0 kB (gzip 30.1), budget 100 (30).'],
])('a file over its budget %s is told', (_, one, sentence) => {
  expect(over(one)).toEqual([sentence]);
});

test('a new file without a line of its own has the budget of the small ones', () => {
  expect(over(size('index.js', 1, 1), size('new.js', 41, 10))).toEqual([
    'new.js: 41.0 kB (gzip 10.0), budget 40 (16).',
  ]);
});

test('many small files are over the budget of all together', () => {
  expect(over(size('index.js', 1, 1), size('copy.js', 30, 10, 10))).toEqual([
    'all together: 301.0 kB (gzip 101.0), budget 300 (90).',
  ]);
});

test('a budget without a file is told, so that no dead line stands in the table', () => {
  expect(over(size('new.js', 1, 1))).toEqual(['index.js has a budget, but is not built any more.']);
});

test('every budget is above that of the small ones, and all of them below the total', () => {
  for (const [kB, gzip] of Object.values(BUDGETS)) {
    expect(kB > OTHER[0] || gzip > OTHER[1]).toBe(true);
    expect(gzip).toBeLessThan(kB);
  }
  const sizes = Object.entries(BUDGETS).map(([name, [kB, gzip]]) => size(name, kB, gzip));
  expect(totalOf(sizes).kB).toBeLessThan(TOTAL[0]);
});

test('the table has a line for each budget and one for all together', () => {
  const text = table([size('index.js', 99, 29), size('tiny.js', 1, 1)], budgets, other, total);
  expect(text).toMatch(/^index\.js +×1 +99\.0 of 100 +29\.0 of 30$/m);
  expect(text).toMatch(/^1 smaller names/m);
  expect(text).toMatch(/^all together +×2 +100\.0 of 300 +30\.0 of 90$/m);
});
