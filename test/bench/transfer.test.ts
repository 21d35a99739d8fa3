/** The arithmetic of the transfer benchmark. */
import { describe, expect, test } from 'vitest';
import { epochsFor, isKept, overDatasets, rowsOf, scoreOf } from '../../bench/transfer/score.ts';

/** CT, MR, PT, XR are 0 to 3; the answers as certainties. */
function predictions(truth: number[], answers: number[]) {
  const probabilities = new Float32Array(4 * truth.length);
  answers.forEach((answer, i) => {
    probabilities[4 * i + answer] = 1;
  });
  return { truth: Uint8Array.from(truth), probabilities };
}

const origins = {
  datasetOf: Uint16Array.from([0, 0, 0, 0, 1, 2]),
  datasets: ['large', 'small', 'films'].map((name) => ({ id: name, name, location: '' })),
};
/** Four CT of one dataset are right, the one of the other is not; a radiograph is right. */
const some = predictions([0, 0, 0, 0, 0, 3], [0, 0, 0, 0, 2, 3]);

describe('a score', () => {
  test('counts slices in one figure and datasets in the other', () => {
    const score = scoreOf(some, origins)!;
    expect(score.accuracy).toBeCloseTo(5 / 6);
    expect(score.balancedAccuracy).toBeCloseTo((4 / 5 + 1) / 2);
    expect(score.balancedOverDatasets).toBeCloseTo((1 / 2 + 1) / 2);
    expect(score.recalls).toEqual([0.8, null, null, 1]);
  });

  test('says what a dataset was taken for, the worst first', () => {
    expect(rowsOf(some, origins)).toEqual([
      { dataset: 'small', modality: 'CT', n: 1, accuracy: 0, answers: [0, 0, 1, 0] },
      { dataset: 'large', modality: 'CT', n: 4, accuracy: 1, answers: [4, 0, 0, 0] },
      { dataset: 'films', modality: 'XR', n: 1, accuracy: 1, answers: [0, 0, 0, 1] },
    ]);
  });

  test('of no slice is none', () => {
    expect(scoreOf(predictions([], []), { ...origins, datasetOf: new Uint16Array() })).toBeNull();
  });
});

test('a modality of many datasets weighs no more than one of few', () => {
  const rows = [1, 1, 1, 0].map((accuracy, i) => ({
    modality: i < 3 ? ('CT' as const) : ('PT' as const),
    accuracy,
  }));
  expect(overDatasets(rows)).toBe(0.5);
});

test.each([
  [10, 3],
  [5, 5],
  [3, 100],
  [520, 100],
])('of %i slices at most %i are kept, the first among them', (n, limit) => {
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => isKept(i, n, limit));
  expect(kept).toHaveLength(Math.min(n, limit));
  expect(kept[0]).toBe(0);
  // From the whole length.
  expect(kept.at(-1)).toBeGreaterThanOrEqual(n - Math.ceil(n / limit));
});

test('trainings on little and on much show about as many images', () => {
  expect(epochsFor(8192, 1024)).toBe(8);
  expect(epochsFor(8192, 2000)).toBe(4);
  expect(epochsFor(8192, 60_000)).toBe(1);
});
