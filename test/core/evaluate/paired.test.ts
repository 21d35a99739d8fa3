/** Two models on the same slices, beside SciPy's figures. */
import { describe, expect, test } from 'vitest';
import { correctOf } from '../../../src/core/evaluate/confusion.ts';
import { judgedByBoth } from '../../../src/core/evaluate/judgedByBoth.ts';
import { comparePaired, mcnemarExact, pairedConfusion } from '../../../src/core/evaluate/paired.ts';
import { differenceIntervals } from '../../../src/core/evaluate/pairedBootstrap.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import golden from '../../golden/evaluate/paired.json' with { type: 'json' };

describe("McNemar's exact test", () => {
  test.each(golden.mcnemar)('of $b against $c disagreements is that of SciPy', ({ b, c, p }) => {
    expect(mcnemarExact(b, c) / p).toBeCloseTo(1, 8);
    expect(mcnemarExact(c, b)).toBe(mcnemarExact(b, c));
  });

  test('of a hundred thousand disagreements is a number', () => {
    expect(mcnemarExact(50_000, 50_000)).toBe(1);
    expect(mcnemarExact(0, 100_000)).toBe(0);
  });
});

describe('a comparison of two models', () => {
  test.each(golden.answers)('on $truth.length slices has the figures of NumPy', (answers) => {
    const { classes, truth, first, second, ...wanted } = answers;
    const found = comparePaired({
      classes,
      truth: Uint8Array.from(truth),
      first: Uint8Array.from(first),
      second: Uint8Array.from(second),
    })!;
    expect(found).toMatchObject({
      n: truth.length,
      onlyFirst: wanted.onlyFirst,
      onlySecond: wanted.onlySecond,
    });
    for (const which of [0, 1]) {
      expect(found.accuracy[which]).toBeCloseTo(wanted.accuracy[which], 12);
      expect(found.balancedAccuracy[which]).toBeCloseTo(wanted.balancedAccuracy[which], 12);
    }
    expect(found.p).toBeCloseTo(wanted.p, 10);
    expect(found.both + found.onlyFirst + found.onlySecond + found.neither).toBe(truth.length);
    expect(found.perClass.at(-1)).toEqual({ n: 0, first: 0, second: 0 });
  });

  test('of no slice is none', () => {
    const none = new Uint8Array();
    expect(comparePaired({ classes: 4, truth: none, first: none, second: none })).toBeNull();
  });
});

describe('the slices that two models judged', () => {
  const judged = (places: [number, number][], answers: number[], classOf = [0, 1]) => ({
    shard: Uint32Array.from(places, ([shard]) => shard),
    row: Uint32Array.from(places, ([, row]) => row),
    probabilities: Float32Array.from(answers.flatMap((answer) => (answer === 0 ? [0.9, 0.1] : [0.2, 0.8]))),
    classOf,
  });

  test('are those of both, in the order of the first, with the labels of today', () => {
    const first = judged(
      [
        [1, 0],
        [1, 1],
        [2, 0],
        [2, 1],
      ],
      [0, 1, 0, 1],
    );
    const second = judged(
      [
        [2, 0],
        [1, 1],
        [3, 0],
        [2, 1],
      ],
      [1, 1, 0, 0],
    );
    const today = (shard: number, row: number) => (shard === 2 && row === 1 ? NO_CLASS : row);
    expect(judgedByBoth(first, second, 2, today)).toMatchObject({
      classes: 2,
      truth: Uint8Array.of(1, 0),
      first: Uint8Array.of(1, 0),
      second: Uint8Array.of(1, 1),
    });
  });

  test('are told by the classes of today, and a class that is gone is never right', () => {
    const first = judged(
      [
        [1, 0],
        [1, 1],
      ],
      [0, 1],
      [2, NO_CLASS],
    );
    const found = judgedByBoth(first, first, 3, (_, row) => (row === 0 ? 2 : 1));
    expect(found.first).toEqual(Uint8Array.of(2, NO_CLASS));
    expect(comparePaired(found)).toMatchObject({ both: 1, neither: 1 });
  });
});

describe.each(golden.answers)('the difference of two models on $classes classes', (answers) => {
  const paired = {
    classes: answers.classes,
    truth: Uint8Array.from(answers.truth),
    first: Uint8Array.from(answers.first),
    second: Uint8Array.from(answers.second),
  };
  const patient = Uint32Array.from(answers.difference.patient);

  test('the interval of the difference equals the reference', () => {
    const found = differenceIntervals(paired, { patient, series: patient });
    for (const name of ['accuracy', 'balancedAccuracy'] as const) {
      const [low, high] = answers.difference[name];
      expect(Math.abs(found[name]!.low - low)).toBeLessThan(1e-12);
      expect(Math.abs(found[name]!.high - high)).toBeLessThan(1e-12);
      expect(found[name]).toMatchObject({ by: 'patient', clusters: Math.max(...patient) + 1 });
    }
  });

  test('the confusion matrices of both count the same slices', () => {
    const rows = pairedConfusion(paired).map((counts) => counts.map((row) => row.reduce((a, b) => a + b)));
    expect(rows[0]).toEqual(rows[1]);
    expect(pairedConfusion(paired).map(correctOf)).toEqual(
      answers.accuracy.map((share) => Math.round(share * answers.truth.length)),
    );
  });
});

test('of few clusters, and of two models that answer alike, a difference has no interval', () => {
  const truth = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
  const alike = { classes: 2, truth, first: truth, second: truth };
  const by = (count: number) => ({
    patient: Uint32Array.from(truth, (_, i) => i % count),
    series: Uint32Array.from(truth, (_, i) => i % count),
  });
  expect(differenceIntervals(alike, by(20))).toEqual({ accuracy: null, balancedAccuracy: null });
  const better = { ...alike, first: truth.map((label, i) => (i < 8 ? 1 - label : label)) };
  expect(differenceIntervals(better, by(4)).accuracy).toBeNull();
  expect(differenceIntervals(better, by(20)).accuracy).not.toBeNull();
});
