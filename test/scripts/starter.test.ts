/** The build finds the starter, reads its header alone, and refuses one that is too large to fetch. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtStarter, STARTER_BYTES } from '../../scripts/vite/starter.js';
import { starterFacts } from '../../src/app/starterFacts.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { starterFile } from '../builders/starter.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modality-lab-starter-'));
  path = join(folder, 'starter.safetensors');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a build without a starter has none, and says nothing', () => {
  expect(builtStarter(path)).toBeNull();
  expect(starterFacts(null)).toBeNull();
});

test('the program holds what the file says of itself, and not the weights', () => {
  const file = starterFile({ weights: 'abc', epochs: '3', heldOut: '{"slices":0.9,"series":0.95}' });
  writeFileSync(path, file);
  const built = builtStarter(path);
  expect(JSON.stringify(built).length).toBeLessThan(10_000);
  expect(starterFacts(built)).toMatchObject({
    network: 'resnet18',
    inputSize: 64,
    labelSet: DEFAULT_SET,
    weights: 'abc',
    epochs: 3,
    bytes: file.length,
    heldOut: { slices: 0.9, series: 0.95 },
  });
});

test('a ResNet-18 in 8 bits is small enough, and a larger file fails the build', () => {
  expect(starterFile().length).toBeLessThan(STARTER_BYTES);
  truncateSync(path, STARTER_BYTES + 1);
  expect(() => builtStarter(path)).toThrow('more than the 12000000 it may have');
});
