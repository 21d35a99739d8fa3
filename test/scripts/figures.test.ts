/** The figures that bench/README.md shows are those of bench/results. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { figures, readResults, studyFigures, withFigures } from '../../scripts/figures.js';

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

test('docs/study.md is current', () => {
  const page = readFileSync(new URL('../../docs/study.md', import.meta.url), 'utf8');
  expect(withFigures(page, studyFigures()!)).toBe(page);
});

test('a study stands beside the paper, worst dataset first', () => {
  const spread = (mean: number) => ({ mean, sd: 0.05, low: mean, high: mean, n: 3 });
  const interval = { low: 0.4, high: 0.6, method: 'bootstrap', by: 'patient', clusters: 12 };
  const metrics = { accuracy: spread(0.5), balancedAccuracy: spread(0.45) };
  const settings = { Epochs: '2', Batch: '16', 'Image size': '64', 'Least images an epoch': '1000' };
  const network = {
    ...{ network: 'resnet18', parameters: 11_172_292, settings, trainingSeconds: spread(90) },
    overSeeds: { train: metrics, validate: metrics, test: metrics },
    perDataset: [
      { dataset: 'good', label: 'CT', n: 10, accuracy: spread(0.9) },
      { dataset: 'bad', label: 'MR', n: 20, accuracy: spread(0.1) },
    ],
    runs: [
      {
        ...{ seed: 1, trainingSeconds: 90 },
        evaluation: {
          test: {
            n: 30,
            metrics: { accuracy: 0.5, balancedAccuracy: 0.45 },
            intervals: { accuracy: interval, balancedAccuracy: null },
          },
        },
      },
    ],
  };
  const total = { datasets: 2, slices: 30, series: 4, patients: 3 };
  const study = {
    data: { totals: { train: total, validate: total, test: total }, guard: null, warnings: [] },
    networks: [network],
    pairs: [],
  };
  const machine = { processor: 'Some CPU', cores: 2 };
  const text = studyFigures({ date: '2026-01-02', machine, command: 'npm run study', study })!;
  expect(text).toContain(
    '| ResNet-18 | 11,172,292 | 96.00 % | 50.0 % ± 5.0 | 86.17 % | 45.0 % ± 5.0 | 45.0 % ± 5.0 | 45.0 % ± 5.0 | 1.5 min | 1 |',
  );
  expect(text).toContain('| ResNet-18 | 1 | 30 | 50.0 % (40.0–60.0) | 45.0 % (–) |');
  expect(text).toContain('2,016 pictures of 64 × 64 in 126 steps of 16 (2 epochs)');
  expect(text.indexOf('| bad |')).toBeLessThan(text.indexOf('| good |'));
  expect(text).toContain('| test | 867,231 of 16 datasets | 30 of 2 datasets | 4 | 3 |');
});
