/** Series counted by what pixels and header say together. */
import { expect, test } from 'vitest';
import type { JudgedSeries } from '../../../src/core/classify/judge.ts';
import { groupOf, NO_GROUP, totalsOf } from '../../../src/core/classify/totals.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { verdicts } from '../../fakes/state.ts';

const [FIRST] = verdicts(1);
const CT: JudgedSeries = {
  ...FIRST,
  probabilities: [0.9, 0.1, 0, 0],
  verdict: 'CT',
  tag: 'CT',
  tagState: 'agrees',
  strangeness: 0,
};

test('a series is of the class that both say, of none, unknown, or of no class that anything tells', () => {
  const without = { ...CT, verdict: null, probabilities: null, strangeness: null, judge: null };
  expect([
    groupOf(CT),
    groupOf({ ...CT, strangeness: 1.99 }),
    groupOf({ ...CT, tag: 'other', tagState: 'none-of-the-four' }),
    groupOf(without),
    groupOf({ ...without, tag: null, tagState: 'absent' }),
    groupOf({ ...CT, correction: { class: 'MR' } }),
    groupOf({ ...CT, correction: { class: null } }),
  ]).toEqual(['CT', NO_GROUP.unknown, NO_GROUP.foreign, 'CT', NO_GROUP.untold, 'MR', NO_GROUP.foreign]);
});

test('each series counts once; classes without any are there, other groups only where they occur', () => {
  const totals = totalsOf([CT, { ...CT, strangeness: 1.99 }, CT], DEFAULT_SET);
  expect(totals.map(({ id, series }) => [id, series])).toEqual([
    ['CT', 2],
    ['MR', 0],
    ['PT', 0],
    ['XR', 0],
    [NO_GROUP.unknown, 1],
  ]);
  expect(totals[0].slices).toBe(2 * CT.slices.length);
});
