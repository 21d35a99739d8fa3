/** `npm run demo`: the whole job without a window, as README describes it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
