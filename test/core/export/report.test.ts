/** The report of a run as JSON: its shape, and null for what does not exist. */
import { expect, test } from 'vitest';
import { METRICS } from '../../../src/core/evaluate/metrics/index.ts';
import { buildReport, type ReportInput } from '../../../src/core/export/report.ts';
import { presetConfig } from '../../../src/core/train/presets.ts';

const SPLIT = {
  n: 1,
  metrics: { accuracy: 1, balancedAccuracy: 1, loss: 0.1 },
  perClass: {},
  labels: ['CT' as const],
  confusion: [[1]],
  perDataset: [],
};
/** As the report has it: every metric is a field. */
const SPLIT_REPORT = {
  ...{ n: 1, accuracy: 1, balancedAccuracy: 1, loss: 0.1, labels: ['CT'], confusion: [[1]], perDataset: [] },
  ...{ macroF1: 1, precision: { CT: 1 }, recall: { CT: 1 } },
};
const INPUT: ReportInput = {
  commit: 'abc',
  browser: 'Chromium',
  device: { name: 'simd', adapter: null, threads: 2, reason: 'No GPU.' },
  ingest: {
    startedMs: 5,
    files: 3,
    slices: 2,
    seconds: 1.5,
    outcomes: { read: 1, other: 0, described: 1, skipped: 1 },
  },
  drop: {
    unused: [{ path: 'DOE/x.dcm', dataset: 'd', code: 'blank', reason: 'Blank.', next: '', partial: false }],
    remarks: [{ path: 'DOE/datasets.json', dataset: 'd', code: 'description', reason: 'Read.', next: '' }],
  },
  datasets: [
    {
      name: 'd',
      location: 'head',
      split: 'train',
      counts: { CT: 2, MR: 0, PT: 0, XR: 0, other: 5 },
      exclude: ['localizer'],
      excluded: 3,
      capped: { CT: 4, MR: 0, PT: 0, XR: 0, other: 0 },
      series: 1,
      patients: 1,
    },
  ],
  run: {
    config: presetConfig('quick', 3),
    parameters: 11_172_292,
    imagesPerSecond: 80,
    firstPointSeconds: 1.2,
    history: [
      {
        epoch: 1,
        trainLoss: 1,
        trainAccuracy: 0.5,
        validateLoss: null,
        validateAccuracy: null,
        validateBalancedAccuracy: null,
        learningRate: 0.05,
        seconds: 10,
        imagesPerSecond: 80,
      },
    ],
    evaluation: { train: SPLIT, validate: null, test: SPLIT },
  },
  classify: { files: 4, slices: 10, series: 2, seconds: 5 },
  fileNames: true,
};

test('has the agreed shape', () => {
  const report = JSON.parse(JSON.stringify(buildReport(INPUT)));
  expect(report).toMatchObject({
    version: 1,
    app: { commit: 'abc', device: 'simd', adapter: null, threads: 2, browser: 'Chromium' },
    ingest: {
      files: 3,
      slices: 2,
      seconds: 1.5,
      skipped: [{ dataset: 'd', file: 'DOE/x.dcm', code: 'blank', reason: 'Blank.' }],
      remarks: [{ dataset: 'd', file: 'DOE/datasets.json', code: 'description', reason: 'Read.' }],
      outcomes: { read: 1, other: 0, described: 1, skipped: 1 },
      missing: null,
    },
    datasets: [
      {
        name: 'd',
        location: 'head',
        split: 'train',
        slices: { CT: 2, MR: 0, PT: 0, XR: 0 },
        series: 1,
        patients: 1,
        leftOut: { kinds: ['localizer'], slices: 3 },
      },
    ],
    run: {
      network: 'resnet18',
      size: 64,
      seed: 3,
      preset: 'quick',
      parameters: 11_172_292,
      imagesPerSecond: 80,
      firstPointSeconds: 1.2,
      history: [{ epoch: 1, trainLoss: 1, validateLoss: null, learningRate: 0.05, seconds: 10 }],
    },
    evaluation: { train: SPLIT_REPORT, validate: null, test: SPLIT_REPORT },
    classify: { files: 4, slices: 10, series: 2, seconds: 5, slicesPerSecond: 2 },
  });
  expect(Object.keys(report.run).sort()).toEqual(
    [
      'batch',
      'calibration',
      'epochs',
      'firstPointSeconds',
      'history',
      'imagesPerSecond',
      'network',
      'parameters',
      'preset',
      'config',
      'datasets',
      'steps',
    ]
      .concat(['seed', 'size'])
      .sort(),
  );
});

test('has a run’s settings under the names of version 1, and those added since', () => {
  expect(Object.keys(buildReport(INPUT).run!.config).sort()).toEqual([
    'augment',
    'balance',
    'batch',
    'decayNormAndBias',
    'device',
    'epochs',
    'labelSmoothing',
    'leastImages',
    'momentum',
    'network',
    'outliers',
    'preset',
    'rate',
    'schedule',
    'seed',
    'size',
    'weightDecay',
  ]);
});

test('has every metric under its name, after the fields of version 1 in their order', () => {
  const { test } = buildReport(INPUT).evaluation!;
  const first = [
    'n',
    'accuracy',
    'balancedAccuracy',
    'loss',
    'labels',
    'confusion',
    'perDataset',
    'interval',
  ];
  expect(Object.keys(test!).slice(0, first.length)).toEqual(first);
  expect(Object.keys(test!)).toEqual(expect.arrayContaining(Object.keys(METRICS)));
});

test('computes what the record lacks and its confusion matrix gives', () => {
  const test = {
    ...SPLIT,
    n: 4,
    labels: ['CT' as const, 'MR' as const],
    confusion: [
      [1, 1],
      [0, 2],
    ],
    perDataset: [
      { id: '1', dataset: 'd', location: '', modality: 'CT' as const, n: 2, correct: 1, accuracy: 0.5 },
    ],
  };
  const run = { ...INPUT.run!, evaluation: { train: null, validate: null, test } };
  const { evaluation } = buildReport({ ...INPUT, run });
  expect(evaluation!.test!.precision).toEqual({ CT: 1, MR: 2 / 3 });
  expect(evaluation!.test!.recall).toEqual({ CT: 0.5, MR: 1 });
  expect(evaluation!.test!.macroF1).toBeCloseTo((2 / 3 + 4 / 5) / 2, 12);
  expect(evaluation!.test!.interval!.low).toBeLessThan(0.75);
  expect(evaluation!.test!.perDataset[0].interval!.high).toBeGreaterThan(0.5);
});

test('says null for what does not exist, never 0', () => {
  const report = buildReport({ ...INPUT, device: null, ingest: null, run: null, classify: null });
  expect(report.ingest).toMatchObject({ files: null, slices: null, seconds: null });
  expect([report.run, report.evaluation, report.classify]).toEqual([null, null, null]);
  expect(report.app.threads).toBeNull();
});

test('says null for numbers that JSON cannot hold', () => {
  const run = { ...INPUT.run!, imagesPerSecond: Number.POSITIVE_INFINITY, firstPointSeconds: Number.NaN };
  const report = buildReport({ ...INPUT, run, classify: { ...INPUT.classify!, seconds: 0 } });
  expect(report.run).toMatchObject({ imagesPerSecond: null, firstPointSeconds: null });
  expect(report.classify!.slicesPerSecond).toBeNull();
});

test('names files only where that was asked for', () => {
  expect(JSON.stringify(buildReport({ ...INPUT, fileNames: false }))).not.toContain('DOE');
});
