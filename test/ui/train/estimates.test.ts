/** Estimates of many runs at once. */
import { expect, test } from 'vitest';
import { presetConfig } from '../../../src/core/train/presets.ts';
import { estimatesOf } from '../../../src/ui/train/estimates.ts';
import { FULL, SIMD } from '../../fakes/state.ts';

/** The full project, which counts how often a dataset's slices are looked at. */
function counted() {
  const looks = { n: 0 };
  const datasets = FULL.datasets.map((row) =>
    Object.defineProperty({ ...row }, 'counts', {
      enumerable: true,
      get: () => {
        looks.n++;
        return row.counts;
      },
    }),
  );
  return { looks, given: { datasets, runs: FULL.runs, machine: SIMD, set: FULL.labelSet } };
}

const fold = (at: number) => ({ protocol: 'datasets', folds: 5, fold: at, seed: 1 }) as const;

test('the datasets are looked at once for all runs of a fold, however often these are asked for', () => {
  const { looks, given } = counted();
  const estimate = estimatesOf(given);
  const configs = Array.from({ length: 60 }, (_, i) => ({ ...presetConfig('quick', i), fold: fold(1) }));
  const [first] = configs.map(estimate);
  const once = looks.n;
  expect(first?.seconds).toBeGreaterThan(0);
  for (const config of configs) expect(estimate(config)?.seconds).toBe(first?.seconds);
  expect(looks.n).toBe(once);
  // That of a single run.
  const alone = counted();
  estimatesOf(alone.given)(configs[0]);
  expect(once).toBe(alone.looks.n);
});

test('runs of other folds have other slices', () => {
  const { given } = counted();
  const estimate = estimatesOf(given);
  const seconds = [0, 1, 2, 3, 4].map(
    (at) => estimate({ ...presetConfig('paper', 1), fold: fold(at) })?.seconds,
  );
  expect(new Set(seconds).size).toBeGreaterThan(1);
});

test('without a device nothing is known yet', () => {
  expect(estimatesOf({ ...counted().given, machine: null })(presetConfig('quick'))).toBeNull();
});
