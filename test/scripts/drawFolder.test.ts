/** A smaller copy of a folder of datasets: the same draw everywhere, whole files, as many slices as were asked for. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { drawFolder, drawnOf } from '../../scripts/drawFolder.js';

const folder = mkdtempSync(join(tmpdir(), 'modality-lab-draw-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const from = join(folder, 'from');
for (const [path, files] of [
  ['chest/CT', 10],
  ['chest/XR', 2],
  ['volumes/MR/one', 4],
  ['other/PT', 3],
] as const) {
  mkdirSync(join(from, path), { recursive: true });
  for (let i = 0; i < files; i++) writeFileSync(join(from, path, `${i}.bin`), `${path} ${i}`);
}
const rows = [
  { name: 'chest', split: 'train', slices: { CT: 10, XR: 2 } },
  { name: 'volumes', split: 'test', slices: { MR: 200 } },
  { name: 'other', split: 'test', slices: { PT: 3 } },
];
writeFileSync(join(from, 'datasets.json'), JSON.stringify(rows));

test('of each class of a dataset so many slices are drawn, at least one file, and nothing of those that stay away', () => {
  const to = join(folder, 'to');
  const drawn = drawFolder(from, to, { most: 4, seed: 1, without: ['other'] });
  expect(drawn).toEqual({ files: 7, of: 19 });
  expect(readdirSync(join(to, 'chest/CT'))).toHaveLength(4);
  expect(readdirSync(join(to, 'chest/XR'))).toHaveLength(2);
  // Each of the four files has fifty slices.
  expect(readdirSync(join(to, 'volumes/MR/one'))).toHaveLength(1);
  expect(readdirSync(to).sort()).toEqual(['chest', 'datasets.json', 'volumes']);
  expect(JSON.parse(readFileSync(join(to, 'datasets.json'), 'utf8'))).toEqual(rows.slice(0, 2));
  expect(readFileSync(join(to, 'chest/XR/1.bin'), 'utf8')).toBe('chest/XR 1');
});

test('the same seed draws the same files in any order, another seed others, and more slices more of the same', () => {
  const paths = Array.from({ length: 50 }, (_, i) => `set/CT/${i}.dcm`);
  const drawn = drawnOf(paths, 10, 1);
  expect(drawnOf(paths.toReversed(), 10, 1)).toEqual(drawn);
  expect(drawnOf(paths, 10, 2)).not.toEqual(drawn);
  expect(drawnOf(paths, 20, 1)).toEqual(expect.arrayContaining(drawn));
  expect(drawnOf(['set\\CT\\1.dcm'], 1, 1)).toHaveLength(1);
});
