/** Networks of several seeds on the same slices: differences, their intervals, and p values that respect patients. */
import { describe, expect, test } from 'vitest';
import { groupPairs, holm, PERMUTATIONS } from '../../../src/core/evaluate/groupTests.ts';
import { comparePaired } from '../../../src/core/evaluate/paired.ts';
import { differenceIntervals } from '../../../src/core/evaluate/pairedBootstrap.ts';
import { hash32 } from '../../../src/core/random.ts';

/** Each patient has `slices` slices, one series each. */
function subjectsOf(patients: number, slices: number) {
  const patient = Uint32Array.from({ length: patients * slices }, (_, i) => Math.floor(i / slices));
  return { series: patient, patient };
}

function drawn(n: number, seed: number, right: number, truth: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) =>
    hash32(seed, 0, i) / 2 ** 32 < right ? truth[i] : 1 - truth[i],
  );
}

describe('pairs of networks', () => {
  const n = 200;
  const truth = Uint8Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const subjects = subjectsOf(20, 10);
  const [weak, strong] = [drawn(n, 1, 0.6, truth), drawn(n, 2, 0.9, truth)];

  test('of one seed each differ as the same two runs side by side do', () => {
    const [pair] = groupPairs({ classes: 2, truth, answers: [[weak], [strong]] }, subjects);
    const runs = { classes: 2, truth, first: weak, second: strong };
    const { accuracy, balancedAccuracy } = comparePaired(runs)!;
    const intervals = differenceIntervals(runs, subjects);
    expect(pair).toMatchObject({ first: 0, second: 1, by: 'patient', clusters: 20 });
    expect(pair.accuracy.difference).toBeCloseTo(accuracy[1] - accuracy[0], 12);
    expect(pair.balancedAccuracy.difference).toBeCloseTo(balancedAccuracy[1] - balancedAccuracy[0], 12);
    for (const name of ['accuracy', 'balancedAccuracy'] as const) {
      expect(pair[name].interval!.low).toBeCloseTo(intervals[name]!.low, 12);
      expect(pair[name].interval!.high).toBeCloseTo(intervals[name]!.high, 12);
    }
  });

  test('of several seeds differ by the means over their seeds', () => {
    const other = drawn(n, 3, 0.7, truth);
    const [pair] = groupPairs({ classes: 2, truth, answers: [[weak, other], [strong]] }, subjects);
    const accuracyOf = (one: Uint8Array) => one.filter((answer, i) => answer === truth[i]).length / n;
    expect(pair.accuracy.difference).toBeCloseTo(
      accuracyOf(strong) - (accuracyOf(weak) + accuracyOf(other)) / 2,
      12,
    );
  });

  test('are told apart where they differ, and not where they are the same', () => {
    const [far, same] = [
      groupPairs({ classes: 2, truth, answers: [[weak], [strong]] }, subjects)[0],
      groupPairs({ classes: 2, truth, answers: [[weak], [weak]] }, subjects)[0],
    ];
    expect(far.accuracy.p).toBeLessThan(0.01);
    expect(same.accuracy).toMatchObject({ difference: 0, p: 1, interval: null });
  });

  test('have the p of all permutations, within what their draw allows', () => {
    // Eight patients who all gain the same: two of the 256 changes of sides are as far from zero.
    const short = Uint8Array.from({ length: 8 }, () => 0);
    const wrong = short.map(() => 1);
    const [pair] = groupPairs({ classes: 2, truth: short, answers: [[wrong], [short]] }, subjectsOf(8, 1));
    const exact = 2 / 256;
    const spread = Math.sqrt((exact * (1 - exact)) / PERMUTATIONS);
    expect(Math.abs(pair.accuracy.p! - exact)).toBeLessThan(4 * spread);
  });

  test('of few patients, whose series are few, too, have no p', () => {
    const short = Uint8Array.from({ length: 40 }, () => 0);
    const wrong = short.map(() => 1);
    const [pair] = groupPairs({ classes: 2, truth: short, answers: [[wrong], [short]] }, subjectsOf(4, 10));
    expect(pair.accuracy).toMatchObject({ p: null, adjusted: null, interval: null });
  });

  test('count for as many as were asked about', () => {
    const pairs = groupPairs({ classes: 2, truth, answers: [[weak], [strong], [weak]] }, subjects);
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(pairs[0].accuracy.adjusted).toBeCloseTo(3 * pairs[0].accuracy.p!, 12);
  });
});

/** statsmodels.stats.multitest.multipletests([…], method='holm')[1] */
test('Holm’s correction is that of statsmodels', () => {
  const adjusted = holm([0.01, 0.04, 0.03, null, 0.005]);
  expect(adjusted[3]).toBeNull();
  for (const [i, value] of [0.03, 0.06, 0.06, null, 0.02].entries())
    if (value !== null) expect(adjusted[i]).toBeCloseTo(value, 12);
});
