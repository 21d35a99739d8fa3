/** A finished run with everything that its record holds. */
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import type { RunFacts } from '../../src/core/export/manifest.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import type { FrozenDataset } from '../../src/core/train/manifest.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { EpochRecord } from '../../src/core/train/run.ts';
import type { Split } from '../../src/core/types.ts';

export function makeFrozenDataset(
  id: string,
  split: Split,
  more: Partial<FrozenDataset> = {},
): FrozenDataset {
  return {
    id,
    name: `name of ${id}`,
    location: 'head',
    split,
    counts: { CT: 3, MR: 2, PT: 0, XR: 0 },
    series: 2,
    patients: 1,
    exclude: [],
    excluded: 0,
    shared: 0,
    fingerprint: '0123456789abcdef',
    ...more,
  };
}

export const SPLIT_EVALUATION: SplitEvaluation = {
  n: 2,
  // 0.1 + 0.2 is no short decimal: what is written must come back to the last bit.
  metrics: { accuracy: 0.5, balancedAccuracy: 0.1 + 0.2, loss: 1 / 3 },
  perClass: { recall: [0.5, null, null, null] },
  labels: ['CT', 'MR', 'PT', 'XR'],
  confusion: [
    [1, 1, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ],
  perDataset: [
    {
      id: 't',
      dataset: 'name of t',
      location: 'head',
      modality: 'CT',
      n: 2,
      correct: 1,
      accuracy: 0.5,
      series: 1,
      patients: 1,
    },
  ],
};

export function makeEpoch(epoch: number): EpochRecord {
  return {
    epoch,
    trainLoss: 0.1 + 0.2,
    trainAccuracy: 2 / 3,
    validateLoss: null,
    validateAccuracy: null,
    validateBalancedAccuracy: null,
    learningRate: 0.02,
    seconds: 3,
    imagesPerSecond: 70,
  };
}

export function makeRunFacts(more: Partial<RunFacts> = {}): RunFacts {
  return {
    title: 'ResNet-18 · 64 · 1 epoch',
    note: '',
    started: '2026-11-28T14:03:00.000Z',
    status: 'finished',
    config: { ...presetConfig('quick', 3), epochs: 1 },
    labelSet: DEFAULT_SET,
    frozen: {
      app: { version: '1', commit: 'abc' },
      options: DEFAULT_OPTIONS,
      drop: null,
      datasets: [makeFrozenDataset('a', 'train', { exclude: ['localizer'] }), makeFrozenDataset('t', 'test')],
    },
    evaluated: {
      atMs: 5,
      epoch: 1,
      step: 64,
      weights: '0a1b2c3d',
      complete: true,
      datasets: null,
      contents: {
        datasets: { train: { a: '00000000000000aa' }, validate: {}, test: { t: '00000000000000bb' } },
        order: { train: '0000000a', validate: '00000000', test: '0000000b' },
      },
    },
    evaluation: { train: null, validate: null, test: SPLIT_EVALUATION },
    changes: [],
    device: { name: 'simd', adapter: null, threads: 2, reason: 'Test.' },
    parameters: 11_172_805,
    history: [makeEpoch(1)],
    calibration: null,
    ...more,
  };
}
