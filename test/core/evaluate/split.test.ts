/** The evaluation of a split: its tables, its series and its intervals. */
import { describe, expect, test } from 'vitest';
import { seriesVerdict } from '../../../src/core/classify/series.ts';
import { wilson } from '../../../src/core/evaluate/interval.ts';
import { evaluateSplit } from '../../../src/core/evaluate/split.ts';

const LABELS = ['CT', 'MR', 'PT', 'XR'];

/** Probabilities that predict the given classes. */
const predicting = (...classes: number[]) =>
  Float32Array.from(classes.flatMap((k) => [0, 1, 2, 3].map((other) => (other === k ? 0.7 : 0.1))));

describe('the evaluation of a split', () => {
  const evaluation = evaluateSplit(
    {
      truth: Uint8Array.of(0, 0, 0, 1, 1, 3),
      probabilities: predicting(0, 0, 1, 1, 1, 0),
    },
    LABELS,
    {
      datasetOf: Uint16Array.of(0, 0, 1, 1, 0, 1),
      datasets: [
        { id: '1', name: 'one', location: 'chest' },
        { id: '2', name: 'two', location: 'head' },
      ],
    },
  )!;

  test('has one row per dataset and modality, worst first', () => {
    expect(evaluation.perDataset).toEqual([
      { id: '2', dataset: 'two', location: 'head', modality: 'CT', n: 1, correct: 0, accuracy: 0 },
      { id: '2', dataset: 'two', location: 'head', modality: 'XR', n: 1, correct: 0, accuracy: 0 },
      { id: '1', dataset: 'one', location: 'chest', modality: 'CT', n: 2, correct: 2, accuracy: 1 },
      { id: '1', dataset: 'one', location: 'chest', modality: 'MR', n: 1, correct: 1, accuracy: 1 },
      { id: '2', dataset: 'two', location: 'head', modality: 'MR', n: 1, correct: 1, accuracy: 1 },
    ]);
  });

  test('has rows of truth and columns of predictions in the order of its labels', () => {
    expect(evaluation.labels).toEqual(['CT', 'MR', 'PT', 'XR']);
    expect(evaluation.confusion).toEqual([
      [2, 1, 0, 0],
      [0, 2, 0, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 0],
    ]);
    expect(evaluation.n).toBe(6);
    const { accuracy, balancedAccuracy, loss } = evaluation.metrics;
    expect(accuracy).toBeCloseTo(4 / 6, 12);
    expect(balancedAccuracy).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12);
    expect(loss).toBeCloseTo((4 * -Math.log(0.7) - 2 * Math.log(0.1)) / 6, 6);
  });

  test('has, of rows that are as good, the larger first, then those first by name', () => {
    const names = ['later', 'Early', 'large'];
    const datasets = names.map((name, i) => ({ id: `${i}`, name, location: '' }));
    const truth = Uint8Array.of(0, 0, 1, 0, 0, 0);
    const { perDataset } = evaluateSplit({ truth, probabilities: predicting(0, 0, 2, 0, 0, 0) }, LABELS, {
      datasetOf: Uint16Array.of(0, 1, 1, 2, 2, 2),
      datasets,
    })!;
    expect(perDataset.map(({ dataset, modality, n }) => `${dataset} ${modality} ${n}`)).toEqual([
      'Early MR 1',
      'large CT 3',
      'Early CT 1',
      'later CT 1',
    ]);
  });

  test('takes the first of equal probabilities', () => {
    const even = Float32Array.of(0.25, 0.25, 0.25, 0.25, 0.1, 0.4, 0.1, 0.4);
    const { confusion } = evaluateSplit({ truth: Uint8Array.of(3, 3), probabilities: even }, LABELS, {
      datasetOf: Uint16Array.of(0, 0),
      datasets: [{ id: 'a', name: 'a', location: '' }],
    })!;
    expect(confusion[3]).toEqual([1, 1, 0, 0]);
  });

  test('does not exist for a split without slices', () => {
    const none = { truth: new Uint8Array(0), probabilities: new Float32Array(0) };
    expect(evaluateSplit(none, LABELS, { datasetOf: new Uint16Array(0), datasets: [] })).toBeNull();
  });
});

describe('a split of three classes', () => {
  /** Right: three of four, one of two, none of one. */
  const evaluation = evaluateSplit(
    {
      truth: Uint8Array.of(0, 0, 0, 0, 1, 1, 2),
      probabilities: Float32Array.of(
        ...[0.8, 0.1, 0.1, 0.6, 0.2, 0.2, 0.5, 0.3, 0.2, 0.1, 0.1, 0.8],
        ...[0.2, 0.5, 0.3, 0.7, 0.2, 0.1, 0.4, 0.5, 0.1],
      ),
    },
    ['head', 'upper-limb', 'chest'],
    { datasetOf: new Uint16Array(7), datasets: [{ id: 'd', name: 'd', location: '' }] },
  )!;

  test('has its ids as labels, and figures counted by hand', () => {
    expect(evaluation.labels).toEqual(['head', 'upper-limb', 'chest']);
    expect(evaluation.confusion).toEqual([
      [3, 0, 1],
      [1, 1, 0],
      [0, 1, 0],
    ]);
    const { metrics, perClass } = evaluation;
    expect(metrics.accuracy).toBeCloseTo(4 / 7, 12);
    expect(metrics.balancedAccuracy).toBeCloseTo((3 / 4 + 1 / 2 + 0) / 3, 12);
    expect(metrics.macroF1).toBeCloseTo((6 / 8 + 2 / 4 + 0) / 3, 12);
    // Pairs of a slice of the class and another: those in which it has the higher probability, ties as halves.
    expect(metrics.auroc).toBeCloseTo((7 / 12 + (6 + 2 / 2) / 10 + 2 / 2 / 6) / 3, 7);
    const given = [0.8, 0.6, 0.5, 0.1, 0.5, 0.2, 0.1];
    expect(metrics.loss).toBeCloseTo(given.reduce((sum, p) => sum - Math.log(p), 0) / 7, 6);
    expect(perClass.precision).toEqual([3 / 4, 1 / 2, 0]);
    expect(perClass.recall).toEqual([3 / 4, 1 / 2, 0]);
  });

  test('has one row per class that occurs', () => {
    expect(evaluation.perDataset.map(({ modality, n, correct }) => [modality, n, correct])).toEqual([
      ['chest', 1, 0],
      ['upper-limb', 2, 1],
      ['head', 4, 3],
    ]);
  });
});

describe('a series’ verdict', () => {
  test('is the class that all slices together make most probable, not that of most votes', () => {
    const probabilities = Float32Array.of(0.4, 0.35, 0.25, 0, 0.4, 0.35, 0.25, 0, 0, 0.9, 0.1, 0);
    const { verdict, agreement } = seriesVerdict(probabilities, LABELS, 1);
    expect(verdict).toBe('MR');
    expect(agreement).toBeCloseTo(1 / 3, 12);
  });

  test('of one slice is that slice’s, which has nothing to agree with', () => {
    expect(seriesVerdict(predicting(2), LABELS, 1)).toMatchObject({ verdict: 'PT', agreement: null });
  });
});

describe('Wilson’s interval', () => {
  test('has the textbook’s values', () => {
    // Newcombe 1998, table I: 81 of 263.
    const { low, high } = wilson(81, 263)!;
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  test('stays within 0 and 1 and does not collapse at the ends', () => {
    expect(wilson(0, 10)!.low).toBe(0);
    expect(wilson(0, 10)!.high).toBeCloseTo(0.2775, 4);
    expect(wilson(10, 10)!.high).toBeCloseTo(1, 12);
    expect(wilson(0, 0)).toBeNull();
  });
});
