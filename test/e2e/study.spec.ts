/** `npm run study`: networks and seeds in a queue, without a window, to one report. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SMALL_PRACTICE } from '../builders/practice.ts';

test('npm run study goes from a folder to one report of two runs, and trains only what is not trained yet', async () => {
  // Two browsers, one after the other.
  test.setTimeout(600_000);
  const out = mkdtempSync(join(tmpdir(), 'modality-lab-study-'));
  const study = (...more: string[]) =>
    spawnSync(
      process.execPath,
      [
        ...['scripts/study.js', '--data', SMALL_PRACTICE, '--networks', 'resnet10_half'],
        ...['--epochs', '1', '--slices', '4', '--out', out, '--port', '4327', ...more],
      ],
      { encoding: 'utf8' },
    );
  const first = study('--seeds', '1,2');
  expect(first.status, first.stderr).toBe(0);
  expect(first.stdout).toContain('no picture is in two splits');
  for (const name of ['report.html', 'report.json', 'report.pdf', 'data.png', 'results.png'])
    expect(readdirSync(out)).toContain(name);
  expect(readFileSync(join(out, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  const figures = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(figures.networks).toMatchObject([
    { network: 'resnet10_half', runs: [{ seed: 1 }, { seed: 2 }], trainingSeconds: { n: 2 } },
  ]);
  expect(figures.data.guard).toMatchObject({ isCurrent: true, open: 0 });

  const networks = () => JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).networks;
  const again = study('--seeds', '1,2', '--report-only');
  expect(again.status, again.stderr).toBe(0);
  expect(again.stdout).not.toContain('drawn');
  expect(networks()).toEqual(figures.networks);

  const more = study('--seeds', '1,2,3');
  expect(more.status, more.stderr).toBe(0);
  expect(networks()[0].runs).toMatchObject([...figures.networks[0].runs, { seed: 3 }]);
  rmSync(out, { recursive: true, force: true });
});
