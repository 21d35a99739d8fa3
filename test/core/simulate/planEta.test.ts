/** How long a plan will still take. */
import { expect, test } from 'vitest';
import { DEFAULT_CHOICES } from '../../../src/core/simulate/choices.ts';
import { secondsOf } from '../../../src/core/simulate/figures.ts';
import { planPractice } from '../../../src/core/simulate/plan.ts';
import { createPlanEta } from '../../../src/core/simulate/planEta.ts';

const plan = planPractice(DEFAULT_CHOICES);
const usual = plan.series.reduce((sum, one) => sum + secondsOf(one), 0);

test('before the first series is there, it is what such a plan usually takes', () => {
  const pace = createPlanEta(plan, 2);
  expect(pace(1000, 0)).toEqual({ rate: null, secondsLeft: expect.closeTo(usual / 1.4, 3) });
  // Five seconds without a file say little: it may be a radiograph.
  const { secondsLeft } = pace(6000, 1);
  expect(secondsLeft! / (usual / 1.4)).toBeLessThan(2);
});

test('a tab three times as slow is found out by and by', () => {
  const pace = createPlanEta(plan, 1);
  pace(0, 0);
  let files = 1;
  let done = 0;
  for (const one of plan.series.slice(0, plan.series.length / 2)) {
    files += one.files;
    done += secondsOf(one);
  }
  const left = 3 * (usual - done);
  expect(pace(3000 * done, files).secondsLeft! / left).toBeCloseTo(1, 0);
  const { secondsLeft } = pace(3000 * usual, 1 + plan.series.reduce((sum, one) => sum + one.files, 0));
  expect(secondsLeft).toBeCloseTo(0, 6);
});
