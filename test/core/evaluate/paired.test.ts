/** Two models on the same slices, beside SciPy's figures. */
import { describe, expect, test } from 'vitest';
import { judgedByBoth } from '../../../src/core/evaluate/judgedByBoth.ts';
import { comparePaired, mcnemarExact } from '../../../src/core/evaluate/paired.ts';
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
    expect(judgedByBoth(first, second, 2, today)).toEqual({
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
