/** A benchmark's bundle for Node reads what the app reads: codecs find their WASM wherever the bundle lies. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleForNode } from '../../bench/cli/bundle.js';
import type { readCorpus } from '../../bench/transfer/corpus.ts';
import { ROOT } from '../../scripts/setup.js';
import { writeSmallPractice } from '../builders/practice.ts';

const OUT = join(ROOT, 'out/bench-bundle-test');
const DATA = join(OUT, 'data');
/** Not as deep as the sources. */
const BUNDLE = join(OUT, 'as/deep/as/may/be');

beforeAll(async () => {
  // Its files are JPEG 2000 and JPEG-LS.
  await writeSmallPractice(DATA, { sites: ['practice_lake_mr', 'practice_garden_mr'] });
  await bundleForNode(BUNDLE, { corpus: 'bench/transfer/corpus.ts' });
});
afterAll(() => rmSync(OUT, { recursive: true, force: true }));

test('compressed files of the practice project are all read', async () => {
  const bundle = pathToFileURL(join(BUNDLE, 'corpus.mjs')).href;
  const corpus: Awaited<ReturnType<typeof readCorpus>> = await (await import(bundle)).readCorpus(DATA);
  const files = readdirSync(DATA, { recursive: true }).filter((name) => String(name).endsWith('.dcm'));
  expect(files.length).toBeGreaterThan(5);
  expect(corpus.shards.reduce((sum, { count }) => sum + count, 0)).toBe(files.length);
});
