/** Pixels, tag and both together, and how doubtful a series is. */
import { describe, expect, test } from 'vitest';
import { assess, DEFAULT_RULE, doubtRank } from '../../../src/core/classify/assess.ts';
import { tagState } from '../../../src/core/classify/tagState.ts';
import { COLOURFUL } from '../../../src/core/evaluate/unknown.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { classIds } from '../../../src/core/train/labelSetOf.ts';
import { verdicts } from '../../fakes/state.ts';

const [{ judge }] = verdicts(1);

function series(probabilities: number[] | null, tag: string | null, strangeness: number | null = 0) {
  const verdict = probabilities && 'CT';
  const state = tagState(tag, verdict, classIds(DEFAULT_SET));
  return { judge, strangeness, probabilities, tag, tagState: state, labelSet: DEFAULT_SET };
}
const CT = [0.7, 0.1, 0.1, 0.1];

describe('a series', () => {
  test('whose tag agrees is surer than its pixels', () => {
    const { together, tagWrong, doubt } = assess(series(CT, 'CT'));
    expect(together).toEqual({
      class: 'CT',
      probability: expect.closeTo((0.7 * 0.99) / (0.7 * 0.99 + 0.001), 6),
    });
    expect(tagWrong).toBeCloseTo(0.001 / (0.7 * 0.99 + 0.001), 6);
    expect(doubt).toBeNull();
  });

  test('without a tag is as sure as its pixels', () => {
    expect(assess(series(CT, null))).toEqual({
      together: { class: 'CT', probability: expect.closeTo(0.7, 4) },
      none: expect.closeTo(0, 4),
      tagWrong: null,
      doubt: 'unsure',
    });
  });

  test('differs where the tag is more likely wrong than right, not where the words differ', () => {
    const mild = assess(series(CT, 'MR'));
    expect(mild.together?.class).toBe('MR');
    expect(mild.doubt).not.toBe('differs');
    const strong = assess(series([0.999, 0.001, 0, 0], 'MR'));
    expect(strong.together?.class).toBe('CT');
    expect(strong.tagWrong).toBeGreaterThan(0.5);
    expect(strong.doubt).toBe('differs');
  });

  test('differs or not by the error rate that the user gives', () => {
    const one = series([0.98, 0.02, 0, 0], 'MR');
    expect(assess(one, { ...DEFAULT_RULE, tagErrorRate: 0.01 }).doubt).not.toBe('differs');
    expect(assess(one, { ...DEFAULT_RULE, tagErrorRate: 0.2 }).doubt).toBe('differs');
  });

  test('without a tag that is stranger than nearly all known ones is unknown', () => {
    expect(assess(series(CT, null, 0.951))).toMatchObject({
      together: null,
      tagWrong: null,
      doubt: 'unknown',
    });
    expect(assess(series(CT, null, 0.949)).together?.class).toBe('CT');
    expect(assess(series(CT, null, 0.96), { ...DEFAULT_RULE, coverage: 0.99 }).together?.class).toBe('CT');
  });

  test('that looks a little strange is what its tag says', () => {
    const { together, none, doubt } = assess(series(CT, 'CT', 1));
    expect(together?.class).toBe('CT');
    expect(together?.probability).toBeGreaterThan(0.98);
    expect(none).toBeLessThan(0.01);
    expect(doubt).toBeNull();
  });

  test('that looks very strange is unknown, whatever its tag says', () => {
    const { together, none, tagWrong, doubt } = assess(series(CT, 'CT', 1.6));
    expect(together).toBeNull();
    expect(doubt).toBe('unknown');
    expect(none).toBeGreaterThan(0.9);
    expect(tagWrong).toBeGreaterThan(0.9);
  });

  test('that looks strange and has a tag is unknown sooner, the more tags are wrong', () => {
    const one = series(CT, 'CT', 1.3);
    expect(assess(one, { ...DEFAULT_RULE, tagErrorRate: 0.01 }).together?.class).toBe('CT');
    expect(assess(one, { ...DEFAULT_RULE, tagErrorRate: 0.2 }).doubt).toBe('unknown');
  });

  test('in colours is unknown, whatever its tag says', () => {
    expect(assess(series([1, 0, 0, 0], 'CT', COLOURFUL)).doubt).toBe('unknown');
  });

  test('of a model that cannot tell is never unknown', () => {
    const blind = { ...series(CT, null, 9), judge: judge && { ...judge, unknown: null } };
    expect(assess(blind)).toMatchObject({ together: { class: 'CT', probability: 0.7 }, none: 0 });
  });

  test('whose header names none of the classes is never called one of them', () => {
    expect(assess(series([1, 0, 0, 0], 'other'))).toEqual({
      together: null,
      none: null,
      tagWrong: null,
      doubt: 'none-of-the-four',
    });
  });

  test('that no model judged has no answer and no doubt', () => {
    expect(assess(series(null, 'CT', null))).toEqual({
      together: null,
      none: null,
      tagWrong: null,
      doubt: null,
    });
  });
});

test('the most doubtful come first: unknown, differs, unsure, none of the four, the rest; each by its degree', () => {
  const ordered = [
    series(CT, 'CT', 5),
    series(CT, null, 0.97),
    series([0.9999, 0.0001, 0, 0], 'MR'),
    series([0.999, 0.001, 0, 0], 'MR'),
    series([0.4, 0.3, 0.3, 0], null),
    series(CT, null),
    series(CT, 'other'),
    series([0.9, 0.1, 0, 0], null),
    series([0.9, 0.1, 0, 0], 'CT'),
  ];
  const ranks = ordered.map((one) => doubtRank(one, assess(one)));
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
  expect(new Set(ranks).size).toBe(ranks.length);
});
