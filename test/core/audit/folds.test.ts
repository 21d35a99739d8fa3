/** Folds never judge a slice by a model that has learned from its patient, nor, where there are enough, from its dataset. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FoldInput, makeFolds, NO_FOLD } from '../../../src/core/audit/folds.ts';

/** A slice for each entry: [dataset, patient, label]. */
function input(slices: readonly (readonly [number, number, number])[], classes = 2): FoldInput {
  return {
    count: slices.length,
    classes,
    dataset: slices.map(([dataset]) => dataset),
    patient: slices.map(([, patient]) => patient),
    label: Uint8Array.from(slices, ([, , label]) => label),
  };
}

const anySlices = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 15 }), fc.constantFrom(0, 1, 2, 255)),
  { minLength: 1, maxLength: 120 },
);
const anyOptions = fc.record({ k: fc.integer({ min: 2, max: 6 }), seed: fc.nat(), leastDatasets: fc.nat(8) });

test('no patient is in two folds', () => {
  fc.assert(
    fc.property(anySlices, anyOptions, (slices, options) => {
      const { fold } = makeFolds(input(slices, 3), options);
      const foldOf = new Map<number, number>();
      slices.forEach(([, patient], i) => {
        expect(foldOf.get(patient) ?? fold[i]).toBe(fold[i]);
        foldOf.set(patient, fold[i]);
      });
    }),
  );
});

test('a dataset that is not divided by patient is in one fold', () => {
  fc.assert(
    fc.property(anySlices, anyOptions, (slices, options) => {
      const { fold, byPatient } = makeFolds(input(slices, 3), options);
      const foldOf = new Map<number, number>();
      slices.forEach(([dataset], i) => {
        if (byPatient[dataset]) return;
        expect(foldOf.get(dataset) ?? fold[i]).toBe(fold[i]);
        foldOf.set(dataset, fold[i]);
      });
    }),
  );
});

test('every model learns from every class', () => {
  fc.assert(
    fc.property(anySlices, anyOptions, (slices, options) => {
      const { k, fold } = makeFolds(input(slices, 3), options);
      const classes = new Set(slices.map(([, , label]) => label).filter((label) => label < 3));
      for (let judge = 0; judge < k; judge++) {
        const learned = new Set(slices.filter((_, i) => fold[i] !== judge).map(([, , label]) => label));
        if (fold.includes(judge)) for (const label of classes) expect(learned).toContain(label);
      }
    }),
  );
});

/** Eight datasets of two patients; class 0 in the first `rare`, class 1 in the others. */
function datasets(rare: number): FoldInput {
  return input(Array.from({ length: 32 }, (_, i) => [i >> 2, i >> 1, Number(i >> 2 >= rare)] as const));
}

test('datasets stay whole where every class is in enough of them', () => {
  const { byPatient } = makeFolds(datasets(4), { k: 4, seed: 1, leastDatasets: 4 });
  expect(byPatient).toEqual(Array(8).fill(false));
});

test('datasets with a class of too few datasets are divided by patient', () => {
  const { byPatient } = makeFolds(datasets(2), { k: 4, seed: 1, leastDatasets: 4 });
  expect(byPatient).toEqual([true, true, ...Array(6).fill(false)]);
});

test('a few wrong labels of a class do not divide a dataset', () => {
  const some = datasets(4);
  const many = input(
    Array.from({ length: 320 }, (_, i) => [i % 8, i, i === 0 ? 2 : some.label[(i % 8) * 4]] as const),
    3,
  );
  expect(makeFolds(many, { k: 4, seed: 1, leastDatasets: 4 }).byPatient).toEqual(Array(8).fill(false));
});

test('a class of a single patient is judged by no model', () => {
  const alone = input([
    [0, 0, 0],
    [0, 0, 0],
    [1, 1, 1],
    [2, 2, 1],
  ]);
  const { fold } = makeFolds(alone, { k: 2, seed: 1 });
  expect([...fold.subarray(0, 2)]).toEqual([NO_FOLD, NO_FOLD]);
  expect(fold[2]).not.toBe(fold[3]);
});

test('classes are spread evenly over the folds', () => {
  const { fold } = makeFolds(
    input(Array.from({ length: 200 }, (_, i) => [0, i, Number(i % 5 === 0)] as const)),
    { k: 5, seed: 7 },
  );
  const counts = Array.from(
    { length: 5 },
    (_, f) => fold.filter((own, i) => own === f && i % 5 === 0).length,
  );
  expect(counts).toEqual([8, 8, 8, 8, 8]);
});

test('the same seed gives the same folds, another one gives others', () => {
  const some = input(Array.from({ length: 60 }, (_, i) => [0, i, i % 2] as const));
  const folds = (seed: number) => [...makeFolds(some, { k: 3, seed }).fold];
  expect(folds(1)).toEqual(folds(1));
  expect(folds(1)).not.toEqual(folds(2));
});
