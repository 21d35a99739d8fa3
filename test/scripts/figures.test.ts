/** The figures that bench/README.md shows are those of bench/results. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { figures, readResults, withFigures } from '../../scripts/figures.js';

const comparison = {
  ...{ what: 'compare', task: 'train', host: 'chromium 156', device: 'simd', adapter: null, threads: 2 },
  ...{ peer: 'pytorch 1.13.0a0 cpu', network: 'resnet18', size: 64, batch: 16, rounds: 3 },
  ...{ imagesPerSecond: 100.4, peerImagesPerSecond: 200, ratio: 0.502 },
};

test('bench/README.md is current', () => {
  const readme = readFileSync(new URL('../../bench/README.md', import.meta.url), 'utf8');
  expect(withFigures(readme, figures(readResults()))).toBe(readme);
});

test('a repeated comparison replaces the one before', () => {
  const machine = { processor: 'Some CPU', cores: 2 };
  const results = [{ ...comparison, imagesPerSecond: 1, ratio: 0.005 }, comparison];
  const text = figures([{ date: '2026-01-02', machine, results }]);
  expect(text).toContain('2026-01-02: 2 cores of Some CPU, Chromium 156');
  expect(text.match(/ResNet-18/g)).toHaveLength(1);
  expect(text).toContain('| 100 (WASM SIMD, 2 threads) | 200 (PyTorch 1.13 CPU, 2 threads) | 0.50 |');
});

test('newer results without a comparison hide none', () => {
  const machine = { processor: 'Some CPU', cores: 2 };
  const folder = mkdtempSync(join(tmpdir(), 'modality-lab-figures-'));
  const write = (date: string, results: object[]) =>
    writeFileSync(join(folder, `${date}.json`), JSON.stringify({ date, machine, results }));
  write('2026-01-02', [comparison]);
  write('2026-01-03', [{ what: 'scale' }]);
  expect(readResults(folder)).toMatchObject([{ date: '2026-01-02' }]);
  rmSync(folder, { recursive: true });
});
