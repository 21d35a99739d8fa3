/** Learning rates of every schedule; the plateau’s against PyTorch. */
import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../../src/core/train/run.ts';
import { afterStep, learningRateAt, startSchedule } from '../../../src/core/train/schedule.ts';
import golden from '../../golden/train/schedule.json' with { type: 'json' };

/** Rates after each of the losses, one a step. */
function rates(schedule: Schedule, losses: number[], stepsPerEpoch: number): number[] {
  const length = { steps: losses.length, stepsPerEpoch };
  let state = startSchedule();
  return losses.map((loss, step) => {
    state = afterStep(schedule, state, step, loss, length);
    return learningRateAt(schedule, 0.1, state, step + 1, length);
  });
}

describe('the plateau schedule', () => {
  test.each(golden.cases)('is PyTorch’s: factor $factor, patience $patience, threshold $threshold', (one) => {
    const { factor, patience, threshold } = one;
    const schedule: Schedule = { kind: 'plateau', factor, patience, threshold, checksPerEpoch: 10 };
    const mine = rates(schedule, one.losses, 10);
    mine.forEach((rate, i) => {
      expect(rate / one.rates[i]).toBeCloseTo(1, 9);
    });
    expect(new Set(one.rates).size).toBeGreaterThan(1);
  });

  const impatient: Schedule = { kind: 'plateau', factor: 0.1, patience: 0, threshold: 0, checksPerEpoch: 10 };

  test('judges the mean loss since the check before', () => {
    // Checks after every second step: means 2, then 2 (a plateau), then 1.
    const result = rates(impatient, [1, 3, 0, 4, 1, 1, ...new Array(14).fill(0)], 20);
    expect(result.slice(0, 6).map((rate) => rate.toFixed(3))).toEqual([
      '0.100',
      '0.100',
      '0.100',
      '0.010',
      '0.010',
      '0.010',
    ]);
  });

  test('checks at every step of an epoch that has fewer than ten', () => {
    expect(rates(impatient, [1, 1, 1], 3).map((rate) => rate.toFixed(4))).toEqual([
      '0.1000',
      '0.0100',
      '0.0010',
    ]);
  });
});

describe('the cosine schedule', () => {
  const schedule: Schedule = { kind: 'cosine', warmup: 0.1 };
  const length = { steps: 100, stepsPerEpoch: 10 };
  const at = (step: number) => learningRateAt(schedule, 0.2, startSchedule(), step, length);

  test('warms up linearly, peaks at the base rate and ends near zero', () => {
    expect([0, 4, 9].map(at)).toEqual([0.02, 0.1, 0.2]);
    expect(at(10)).toBe(0.2);
    expect(at(55)).toBeCloseTo(0.1, 12);
    expect(at(99)).toBeGreaterThan(0);
    expect(at(99)).toBeLessThan(0.001);
  });

  test('works for a run of one step', () => {
    expect(learningRateAt(schedule, 0.2, startSchedule(), 0, { steps: 1, stepsPerEpoch: 1 })).toBe(0.2);
  });
});

test('a constant rate stays', () => {
  expect(rates({ kind: 'constant' }, [3, 2, 9], 3)).toEqual([0.1, 0.1, 0.1]);
});
