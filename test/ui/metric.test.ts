/** Metrics of an evaluation as pages show them. */
import { expect, test } from 'vitest';
import type { SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import { METRICS } from '../../src/core/evaluate/metrics/index.ts';
import { metricsShown, metricText } from '../../src/ui/metric.ts';

const STORED: SplitEvaluation = {
  n: 4,
  metrics: { accuracy: 0.75, loss: 0.4 },
  perClass: {},
  labels: ['CT', 'MR'],
  confusion: [
    [1, 1],
    [0, 2],
  ],
  perDataset: [],
};

test('one that is newer than the evaluation is computed from the confusion matrix, or is a dash', () => {
  expect(metricText(STORED, 'accuracy')).toBe('75.0\u202f%');
  expect(metricText(STORED, 'loss')).toBe('0.400');
  expect(metricText(STORED, 'macroF1')).toBe('73.3\u202f%');
  expect(metricText(STORED, 'auroc')).toBe('–');
  expect(metricText({ ...STORED, metrics: { auroc: null } }, 'auroc')).toBe('–');
});

test('each stands where its entry says', () => {
  for (const where of ['headline', 'comparison'] as const) {
    const shown: string[] = metricsShown(where);
    for (const [name, { kind, shown: places }] of Object.entries(METRICS))
      expect(shown.includes(name)).toBe(kind === 'overall' && (places as readonly string[]).includes(where));
  }
});
