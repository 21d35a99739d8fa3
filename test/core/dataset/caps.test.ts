/** Caps: what they say, when they are equal, and what they leave before they are set. */
import { expect, test } from 'vitest';
import { previewCaps } from '../../../src/core/dataset/capPreview.ts';
import { CAP_RULE, capWords, PAPER_CAPS, sameCaps, tidyCaps } from '../../../src/core/dataset/caps.ts';
import { summarise } from '../../../src/core/dataset/summary.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeDataset, makeIndex } from '../../builders/storage.ts';

test('are told in one sentence, with the classes of the set', () => {
  expect(capWords(PAPER_CAPS, DEFAULT_SET)).toBe(
    'Each dataset gives at most 50,000 CT and 100,000 MR slices, drawn with seed 1.',
  );
  expect(capWords({ seed: 2, slices: { XR: 5 } }, DEFAULT_SET)).toBe(
    'Each dataset gives at most 5 XR slices, drawn with seed 2.',
  );
  for (const none of [null, { seed: 2, slices: { gone: 5 } }])
    expect(capWords(none, DEFAULT_SET)).toBe('Every dataset gives all its slices.');
  expect(CAP_RULE).toContain('equally many slices of each series');
});

test('are equal whatever the order of their classes; without a class they are none', () => {
  const caps = { seed: 1, slices: { MR: 2, CT: 1 } };
  expect(sameCaps(caps, { seed: 1, slices: { CT: 1, MR: 2 } })).toBe(true);
  expect(sameCaps(caps, { seed: 2, slices: { CT: 1, MR: 2 } })).toBe(false);
  expect(sameCaps(caps, { seed: 1, slices: { CT: 1, MR: 3 } })).toBe(false);
  expect(sameCaps(null, { seed: 9, slices: {} })).toBe(true);
  expect(tidyCaps({ seed: 1, slices: { CT: Number.POSITIVE_INFINITY } })).toBeNull();
});

test('a preview says by class and split what the draw then leaves', () => {
  const stored = [makeIndex('p', [...new Array<string>(9).fill('a'), 'b', 'b'])];
  stored[0].label.set([1, 1, 1, 1], 0);
  const records = [makeDataset('a', 'p'), makeDataset('b', 'p', 'test')];
  const caps = { seed: 1, slices: { CT: 3, MR: 1 } };
  for (const now of [undefined, { seed: 4, slices: { CT: 1 } }]) {
    const rows = summarise(
      stored,
      records.map((record) => (now ? { ...record, caps: now } : record)),
    );
    const { classes, all, over } = previewCaps(rows, caps, DEFAULT_SET);
    expect(classes.slice(0, 2).map(({ id, splits }) => [id, ...splits])).toEqual([
      ['CT', { left: 3, of: 5 }, { left: 0, of: 0 }, { left: 2, of: 2 }],
      ['MR', { left: 1, of: 4 }, { left: 0, of: 0 }, { left: 0, of: 0 }],
    ]);
    expect(all).toEqual({ left: 6, of: 11 });
    expect(over.map(({ id, label, left, of }) => [id, label, left, of])).toEqual([
      ['a', 'CT', 3, 5],
      ['a', 'MR', 1, 4],
    ]);
  }
  const [a, b] = summarise(
    stored,
    records.map((record) => ({ ...record, caps })),
  );
  expect(a).toMatchObject({ slices: 4, excluded: 0, counts: { CT: 3, MR: 1 }, capped: { CT: 2, MR: 3 } });
  expect(b).toMatchObject({ slices: 2, counts: { CT: 2 }, capped: { CT: 0 } });
});

test('without caps a preview leaves all', () => {
  const rows = summarise([makeIndex('p', ['a', 'a'])], [makeDataset('a', 'p')]);
  expect(previewCaps(rows, null, DEFAULT_SET)).toMatchObject({ all: { left: 2, of: 2 }, over: [] });
});
