/** Proposed splits: every dataset gets one, whole, and shares come near their target. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeSplits, type SplitCandidate } from '../../../src/core/dataset/split.ts';
import { zeroCounts } from '../../../src/core/labels/counts.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { type Counts, SPLITS } from '../../../src/core/types.ts';
import { MODALITIES } from '../../builders/modalities.ts';

const dataset = (id: string, counts: Counts, split: SplitCandidate['split'] = null): SplitCandidate => ({
  id,
  name: id,
  counts: { ...zeroCounts(DEFAULT_SET), ...counts },
  split,
});

const counts = fc.record({
  CT: fc.nat(2000),
  MR: fc.nat(2000),
  PT: fc.nat(2000),
  XR: fc.nat(2000),
  other: fc.nat(50),
});
const candidates = fc
  .array(fc.record({ counts, split: fc.option(fc.constantFrom(...SPLITS), { freq: 1 }) }), { maxLength: 24 })
  .map((all) => all.map((one, i): SplitCandidate => ({ ...one, id: `${i}`, name: `name ${i}` })));

describe('any proposal', () => {
  test('covers exactly the datasets without a split', () => {
    fc.assert(
      fc.property(candidates, fc.nat(), (all, seed) => {
        const open = all.filter(({ split }) => split === null).map(({ id }) => id);
        expect([...proposeSplits(all, seed).keys()].sort()).toEqual(open.sort());
      }),
      { numRuns: 100 },
    );
  });

  test('does not depend on the order of the datasets', () => {
    fc.assert(
      fc.property(candidates, fc.nat(), (all, seed) => {
        const again = proposeSplits([...all].reverse(), seed);
        for (const [id, split] of proposeSplits(all, seed)) expect(again.get(id)).toBe(split);
      }),
      { numRuns: 100 },
    );
  });

  test('gives a modality’s datasets in turn to train, test, validate and train again', () => {
    const single = fc.array(fc.tuple(fc.constantFrom(...MODALITIES), fc.integer({ min: 1, max: 5000 })), {
      maxLength: 24,
    });
    fc.assert(
      fc.property(single, fc.nat(), (all, seed) => {
        const made = all.map(([modality, n], i) => dataset(`${i}`, { [modality]: n }));
        const splits = proposeSplits(made, seed);
        for (const modality of MODALITIES) {
          const own = made.filter((one) => one.counts[modality] > 0).map(({ id }) => splits.get(id));
          const found = SPLITS.filter((split) => own.includes(split));
          const train = own.filter((split) => split === 'train').length;
          if (own.length === 1) expect(found).toEqual(['train']);
          if (own.length === 2) expect(found).toEqual(['train', 'test']);
          if (own.length === 3) expect(train).toBe(1);
          if (own.length > 3) expect(train).toBeGreaterThanOrEqual(2);
          if (own.length >= 3) expect(found).toEqual(['train', 'validate', 'test']);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a proposal', () => {
  test('of equal datasets is about 70/15/15', () => {
    const splits = proposeSplits(
      Array.from({ length: 20 }, (_, i) => dataset(`${i}`, { CT: 100 })),
      1,
    );
    const n = (split: string) => [...splits.values()].filter((one) => one === split).length;
    expect([n('train'), n('validate'), n('test')]).toEqual([14, 3, 3]);
  });

  test('fills the gaps that earlier decisions left', () => {
    const decided = [dataset('a', { CT: 100 }, 'train'), dataset('b', { CT: 100 }, 'train')];
    expect(proposeSplits([...decided, dataset('new', { CT: 100 })], 1).get('new')).toBe('test');
    const tested = [decided[0], dataset('c', { CT: 20 }, 'test'), dataset('new', { CT: 100 })];
    expect(proposeSplits(tested, 1).get('new')).toBe('validate');
    const more = [...decided, dataset('c', { CT: 20 }, 'test'), dataset('new', { CT: 20 })];
    expect(proposeSplits(more, 1).get('new')).toBe('validate');
  });

  test.each([[[90, 40, 20, 40]], [[10, 10, 70, 80, 20, 20]], [[60, 20, 20, 50]], [[40, 70, 60, 20, 30, 90]]])(
    'learns from the largest dataset, which only an exchange brings there: %j',
    (slices) => {
      const splits = proposeSplits(
        slices.map((CT, i) => dataset(`d${i}`, { CT })),
        1,
      );
      expect(splits.get(`d${slices.indexOf(Math.max(...slices))}`)).toBe('train');
    },
  );

  test('keeps a dataset of several modalities whole', () => {
    const splits = proposeSplits([dataset('mixed', { CT: 10, MR: 10, PT: 10 })], 1);
    expect([...splits]).toEqual([['mixed', 'train']]);
  });

  test('of a thousand datasets ends', () => {
    const many = Array.from({ length: 1000 }, (_, i) =>
      dataset(`${i}`, { [MODALITIES[i % 4]]: 10 + (i % 97) }),
    );
    expect(proposeSplits(many, 1).size).toBe(1000);
  });
});
