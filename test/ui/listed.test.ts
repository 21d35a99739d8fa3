/** What lists of runs show of test: figures that were looked at, and those that no look could be noted of. */
import { expect, test } from 'vitest';
import { testKeyOf } from '../../src/core/train/looks.ts';
import { isUnseen, withSeenTest } from '../../src/ui/listed.ts';
import { headlineSplit } from '../../src/ui/runs.ts';
import { recorded } from '../fakes/state.ts';

const RUN = recorded('r');
const look = (more = {}) => ({
  ...{ data: testKeyOf(RUN)!, run: 'r', evaluatedMs: RUN.evaluated!.atMs, atMs: 0 },
  ...more,
});

test('figures of test are left out until their evaluation was looked at; those of validate stay', () => {
  for (const looks of [[], [look({ run: 'other' })], [look({ evaluatedMs: -1 })]]) {
    expect(isUnseen(RUN, looks)).toBe(true);
    const listed = withSeenTest(RUN, looks);
    expect(listed.evaluation).toEqual({ ...RUN.evaluation, test: null });
    expect(headlineSplit(listed)).toBe('validate');
  }
  expect(withSeenTest(RUN, [look()])).toBe(RUN);
});

test('what no look could be noted of is shown: a run that records no test data', () => {
  const early = { ...RUN, frozen: null, evaluated: { ...RUN.evaluated!, datasets: null } };
  expect(withSeenTest(early, [])).toBe(early);
  const closed = { ...RUN, evaluation: { ...RUN.evaluation!, test: null } };
  expect(isUnseen(closed, [])).toBe(false);
});
