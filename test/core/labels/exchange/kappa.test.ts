/** Cohen's kappa against published tables. */
import { describe, expect, test } from 'vitest';
import { cohensKappa, kappaGain, oneAgainstRest } from '../../../../src/core/labels/exchange/kappa.ts';

describe('Cohen’s kappa', () => {
  test.each([
    // Cohen, "A coefficient of agreement for nominal scales", 1960: agreement .70, by chance .41.
    [
      'Cohen 1960',
      [
        [88, 14, 18],
        [10, 40, 10],
        [2, 6, 12],
      ],
      0.492,
    ],
    // Fleiss, "Statistical Methods for Rates and Proportions", 2nd ed. 1981, table 13.1: .89 and .66.
    [
      'Fleiss 1981',
      [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      0.676,
    ],
  ])('is as in %s', (_, table, value) => {
    expect(cohensKappa(table).value).toBeCloseTo(value, 3);
  });

  // Printed by SAS PROC FREQ, which uses the error of Fleiss, Cohen & Everitt 1969: two examples that statsmodels' tests quote,
  // the second of them John Uebersax's.
  test.each([
    [
      [
        [0, 4, 1],
        [0, 8, 0],
        [0, 1, 5],
      ],
      [0.4842, 0.138, 0.2137, 0.7547],
    ],
    [
      [
        [0, 0, 0],
        [5, 16, 3],
        [8, 12, 28],
      ],
      [0.3333, 0.0814, 0.1738, 0.4929],
    ],
  ])('has the error and interval that SAS prints for %j', (table, printed) => {
    const { value, error, low, high } = cohensKappa(table);
    [value, error, low, high].forEach((figure, i) => {
      expect(figure).toBeCloseTo(printed[i], 4);
    });
  });

  test('has the error that the delta method gives, with derivatives taken numerically', () => {
    const table = [
      [30, 4, 2],
      [3, 25, 6],
      [1, 5, 24],
    ];
    expect(cohensKappa(table).error).toBeCloseTo(deltaMethodError(table), 6);
  });

  test('is 1 for readers who agree wholly, and does not exist where both use one class only', () => {
    expect(
      cohensKappa([
        [3, 0],
        [0, 4],
      ]),
    ).toMatchObject({ value: 1, low: 1, high: 1 });
    expect(
      cohensKappa([
        [7, 0],
        [0, 0],
      ]).value,
    ).toBeNull();
    expect(
      cohensKappa([
        [0, 0],
        [0, 0],
      ]).value,
    ).toBeNull();
  });

  test('is 0 for independent readers', () => {
    expect(
      cohensKappa([
        [4, 4],
        [4, 4],
      ]).value,
    ).toBeCloseTo(0, 12);
  });

  test('of one class is that of a table of this class and the rest', () => {
    expect(
      oneAgainstRest(
        [
          [88, 14, 18],
          [10, 40, 10],
          [2, 6, 12],
        ],
        1,
      ),
    ).toEqual([
      [40, 20],
      [20, 120],
    ]);
  });
});

/** Variance of a function of multinomial proportions: (Σ p g² − (Σ p g)²) / n. */
function deltaMethodError(table: readonly (readonly number[])[]): number {
  const n = table.flat().reduce((sum, count) => sum + count, 0);
  const p = table.map((row) => row.map((count) => count / n));
  const step = 1e-6;
  const slopes = p.map((row, i) =>
    row.map((_, j) => {
      const at = (by: number) => ratio(p.map((r, a) => r.map((v, b) => (a === i && b === j ? v + by : v))));
      return (at(step) - at(-step)) / (2 * step);
    }),
  );
  const mean = (f: (slope: number) => number) =>
    p.flat().reduce((sum, share, i) => sum + share * f(slopes.flat()[i]), 0);
  return Math.sqrt((mean((g) => g * g) - mean((g) => g) ** 2) / n);
}

/** Kappa by its definition, of shares that need not sum to 1. */
function ratio(p: readonly (readonly number[])[]): number {
  const agreed = p.reduce((sum, row, i) => sum + row[i], 0);
  const chance = p.reduce(
    (sum, row, i) => sum + row.reduce((a, b) => a + b, 0) * p.reduce((a, other) => a + other[i], 0),
    0,
  );
  return (agreed - chance) / (1 - chance);
}

describe('what kappa would gain', () => {
  const TABLE = [
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ];
  const moved = (from: [number, number], to: number, count: number) =>
    TABLE.map((row, i) =>
      row.map(
        (n, j) => n + (i === to && j === to ? count : 0) - (i === from[0] && j === from[1] ? count : 0),
      ),
    );
  /** Of three classes, each against the rest. */
  const value = (table: number[][]) =>
    [0, 1, 2].reduce((sum, k) => sum + cohensKappa(oneAgainstRest(table, k)).value! / 3, 0);

  test('is of the mean of the classes’ kappas, with either reader right half of the time', () => {
    const gain = kappaGain(TABLE);
    const right = [0, 2].map((to) => value(moved([0, 2], to, 5)) - value(TABLE));
    expect(gain([{ first: 0, second: 2, count: 5 }])).toBeCloseTo((right[0] + right[1]) / 2, 12);
  });

  test('is larger for a rare class than for a frequent one', () => {
    const rare = kappaGain([
      [90, 1, 1],
      [0, 90, 0],
      [0, 0, 2],
    ]);
    const [often, seldom] = [1, 2].map((second) => rare([{ first: 0, second, count: 1 }]));
    expect(seldom).toBeGreaterThan(5 * often);
  });

  test('is nothing without units, and for units that agree', () => {
    expect(kappaGain([[0]])([])).toBe(0);
    expect(kappaGain(TABLE)([{ first: 1, second: 1, count: 3 }])).toBeCloseTo(0, 12);
  });
});
