/** `npm run demo`: the whole job without a window, as README describes it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SMALL_PRACTICE, SMALL_SITES } from '../builders/practice.ts';

test('npm run demo goes from a folder to report, tables, weights and screenshots', async () => {
  const out = mkdtempSync(join(tmpdir(), 'modality-lab-demo-'));
  const folder = join(SMALL_PRACTICE, 'practice_tower_pet');
  const options = ['--data', SMALL_PRACTICE, '--size', '64', '--epochs', '1', '--batch', '16'];
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/demo.js', ...options, '--classify', folder, '--out', out],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    ...['classify.png', 'data.png', 'model.safetensors', 'report.csv', 'report.json', 'results.png'],
    ...['series.csv', 'slices.csv', 'train.png'],
  ]);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(report.run).toMatchObject({ size: 64, config: { epochs: 1, batch: 16 } });
  const names = new Set(report.datasets.map(({ name }: { name: string }) => name));
  expect(names.size).toBe(SMALL_SITES.length);

  for (const name of ['series.csv', 'slices.csv']) {
    const [head, ...lines] = readFileSync(join(out, name), 'utf8').trim().split('\r\n');
    const columns = head.split(',');
    const rows = lines.map((line) =>
      Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.path).not.toContain('practice_tower_pet');
      const sum = ['CT', 'MR', 'PT', 'XR'].reduce((total, label) => total + Number(row[label]), 0);
      expect(sum).toBeCloseTo(1, 5);
      // The log odds of its being none of them: a model of the quick preset can tell.
      expect(row.unknown).toMatch(/^-?\d/);
      expect(['CT', 'MR', 'PT', 'XR', 'unknown']).toContain(row.verdict);
    }
  }
  rmSync(out, { recursive: true, force: true });
});

test('npm run demo repeats a recorded run bit for bit, and trains nothing on other data', async () => {
  const work = mkdtempSync(join(tmpdir(), 'modality-lab-repeat-'));
  const demo = (...options: string[]) =>
    spawnSync(process.execPath, ['scripts/demo.js', ...options], { encoding: 'utf8' });
  const [first, again] = [join(work, 'first'), join(work, 'again')];
  const record = join(first, 'report.json');
  const made = demo(
    '--data',
    SMALL_PRACTICE,
    '--epochs',
    '1',
    '--batch',
    '16',
    '--seed',
    '5',
    '--out',
    first,
  );
  expect(made.status, made.stderr).toBe(0);

  // Another folder and no datasets.json: splits are the record's.
  const copy = join(work, 'copy');
  cpSync(SMALL_PRACTICE, copy, { recursive: true });
  rmSync(join(copy, 'datasets.json'));
  const same = demo('--data', copy, '--manifest', record, '--out', again);
  expect(same.status, same.stderr).toBe(0);
  expect(same.stdout).toContain('the same, bit for bit');
  const { manifest } = JSON.parse(readFileSync(join(again, 'report.json'), 'utf8'));
  expect(manifest).toMatchObject({ agrees: true, differences: [], repeats: { sameOrder: true } });

  const figures = JSON.parse(readFileSync(record, 'utf8'));
  figures.manifest.metrics.evaluation.test.metrics.loss += 1e-12;
  const other = join(work, 'other.json');
  writeFileSync(other, JSON.stringify(figures));
  const differs = demo('--data', copy, '--manifest', other, '--out', again);
  expect(differs.status).toBe(1);
  expect(differs.stderr).toContain('1 figures differ');
  expect(differs.stderr).toMatch(/Test, loss: [\d.]+ in the record, [\d.]+ here\./);

  rmSync(join(copy, 'practice_tower_pet'), { recursive: true });
  const fewer = demo('--data', copy, '--manifest', record, '--out', again);
  expect(fewer.status).toBe(1);
  expect(fewer.stderr).toMatch(/“practice_tower_pet” \(\w+ [0-9a-f]{16}\) is missing/);

  writeFileSync(other, '{"format":"modality-lab-run"}');
  const hostile = demo('--data', copy, '--manifest', other);
  expect(hostile.status).toBe(1);
  expect(hostile.stderr).toMatch(/cannot be repeated\. .* Nothing was trained\. Choose /);
  rmSync(work, { recursive: true, force: true });
});
