/** Folds of whole datasets: every class in each, patients together, the same for a seed. */
import { describe, expect, test } from 'vitest';
import { drawFolds, lackingClasses } from '../../../bench/generalise/folds.ts';

/** Slices of datasets: [dataset, class, slices, patient]. */
function slicesOf(groups: readonly (readonly [number, number, number, number])[]) {
  const all = groups.flatMap(([dataset, label, n, patient]) =>
    Array.from({ length: n }, () => ({ dataset, label, patient })),
  );
  return {
    count: all.length,
    label: Uint8Array.from(all, ({ label }) => label),
    dataset: Uint16Array.from(all, ({ dataset }) => dataset),
    patient: Uint32Array.from(all, ({ patient }) => patient),
  };
}

describe('folds', () => {
  /** Twelve datasets of class 0, six of class 1; 11 and 12 share a patient. */
  const slices = slicesOf(
    Array.from({ length: 18 }, (_, at) => [at, at < 12 ? 0 : 1, 25, at === 12 ? 11 : at] as const),
  );
  const given = { datasets: 18, classes: 2, k: 5 };
  const countsOf = (fold: Uint8Array, own: number) =>
    [0, 1, 2, 3, 4].map((f) => fold.filter((is, at) => is === f && (at < 12 ? 0 : 1) === own).length);

  test.each([1, 2, 3, 4])('of seed %i have every class, as many datasets of it each as can be', (seed) => {
    const fold = drawFolds(slices, { ...given, seed });
    expect(lackingClasses(slices, fold, 2, 5)).toEqual([]);
    expect(countsOf(fold, 0).toSorted()).toEqual([2, 2, 2, 3, 3]);
    expect(countsOf(fold, 1).toSorted()).toEqual([1, 1, 1, 1, 2]);
  });

  test('keep datasets that share a patient together', () => {
    for (let seed = 0; seed < 5; seed++) {
      const fold = drawFolds(slices, { ...given, seed });
      expect(fold[11]).toBe(fold[12]);
    }
  });

  test('are the same for a seed and others for another', () => {
    expect(drawFolds(slices, { ...given, seed: 1 })).toEqual(drawFolds(slices, { ...given, seed: 1 }));
    expect(drawFolds(slices, { ...given, seed: 1 })).not.toEqual(drawFolds(slices, { ...given, seed: 2 }));
  });

  test('cannot be drawn where a class is in fewer datasets than folds', () => {
    const scarce = slicesOf([
      [0, 0, 9, 0],
      [1, 0, 9, 1],
      [2, 1, 9, 2],
    ]);
    expect(() => drawFolds(scarce, { datasets: 3, classes: 2, k: 2, seed: 1 })).toThrow('lacks class 1');
  });
});
