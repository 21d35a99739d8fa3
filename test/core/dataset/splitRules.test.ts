/** Rules of splits: each warns where it is broken, and only there. */
import { describe, expect, test } from 'vitest';
import { heatOf, type SplitRow } from '../../../src/core/dataset/heat.ts';
import { SPLIT_RULES, warningsOf } from '../../../src/core/dataset/splitRules/index.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { SPLITS, type Split } from '../../../src/core/types.ts';

const row = (
  id: string,
  split: Split,
  of: [label: string, slices: number, format?: string][],
  location = '',
): SplitRow => ({
  id,
  name: id,
  location,
  split,
  counts: Object.fromEntries(of.map(([label, slices]) => [label, slices])),
  mix: of.map(([label, slices, format = 'dicom']) => ({ label, format, bodyPart: null, slices })),
});

const both = (id: string, split: Split, location: string) =>
  row(
    id,
    split,
    [
      ['CT', 50],
      ['MR', 50],
    ],
    location,
  );

/** Two equal datasets of two locations in each split. */
const GOOD = SPLITS.flatMap((split) => [
  both(`${split} a`, split, 'head'),
  both(`${split} b`, split, 'chest'),
]);

const texts = (rows: readonly SplitRow[], rule?: string) =>
  warningsOf(rows, DEFAULT_SET)
    .filter((one) => rule === undefined || one.rule === rule)
    .map(({ text }) => text);

test('a split that keeps all rules has no warning', () => {
  expect(texts(GOOD)).toEqual([]);
  expect(texts([])).toEqual([]);
});

test('each rule has a name and a title of its own', () => {
  expect(new Set(SPLIT_RULES.map(({ name }) => name)).size).toBe(SPLIT_RULES.length);
  expect(new Set(SPLIT_RULES.map(({ title }) => title)).size).toBe(SPLIT_RULES.length);
});

describe('a warning', () => {
  test('names the splits without a class, and what follows', () => {
    const some = GOOD.filter(({ split }) => split === 'train');
    expect(texts(some, 'missing-class')).toEqual([
      'No CT in validate and test: the validation figures leave it out and the test says nothing about it.',
      'No MR in validate and test: the validation figures leave it out and the test says nothing about it.',
    ]);
    expect(texts([...GOOD, row('x', 'test', [['XR', 1]])], 'missing-class')).toEqual([
      'No XR in train and validate: it is not learned and the validation figures leave it out.',
    ]);
  });

  test('names a dataset that gives most of a class', () => {
    const most = row('big', 'train', [['CT', 500]]);
    expect(texts([...GOOD, most], 'one-dataset')).toEqual([
      '83 % of CT in train is of “big”: its scanner may be learned.',
    ]);
    expect(texts([...GOOD, { ...row('x', 'test', [['PT', 5]]), name: null }], 'one-dataset')).toEqual([
      'All PT in test is of one dataset: the figures are those of this source.',
    ]);
  });

  test('names a class of one location, and not one of an unknown location', () => {
    const some = GOOD.map((one) => (one.split === 'test' ? { ...one, location: 'head' } : one));
    expect(texts(some, 'one-location')).toEqual([
      'CT is of one location only in test (head).',
      'MR is of one location only in test (head).',
    ]);
    expect(
      texts(
        GOOD.map((one) => ({ ...one, location: '' })),
        'one-location',
      ),
    ).toEqual([]);
  });

  test('names a class of one format, unless all are of it', () => {
    const png = SPLITS.map((split) => row(`x ${split}`, split, [['XR', 9, 'png']]));
    expect(texts([...GOOD, ...png], 'one-format')).toEqual([
      'All XR are PNG: traces of the format may be learned in its place.',
    ]);
    expect(texts(png, 'one-format')).toEqual([]);
    const [first] = png;
    expect(
      texts(
        [...GOOD, ...png, { ...first, id: 'y', mix: [{ ...first.mix[0], format: 'dicom' }] }],
        'one-format',
      ),
    ).toEqual([]);
  });

  test('says nothing of formats that are not recorded', () => {
    expect(texts([...GOOD, { ...row('x', 'train', [['XR', 9]]), mix: [] }], 'one-format')).toEqual([]);
  });
});

describe('the heat table', () => {
  test('counts by class, location and split; a dataset of two locations counts in both', () => {
    const [ct] = heatOf(
      [row('a', 'train', [['CT', 10]], 'head, chest'), row('b', 'test', [['CT', 3]])],
      DEFAULT_SET,
    );
    expect(ct.cells.map(({ slices }) => slices)).toEqual([10, 0, 3]);
    expect(ct.locations.map(({ name, cells }) => [name, ...cells.map(({ slices }) => slices)])).toEqual([
      ['chest', 10, 0, 0],
      ['head', 10, 0, 0],
      ['', 0, 0, 3],
    ]);
  });

  test('counts body parts of headers each with its own slices', () => {
    const mix = [
      { label: 'CT', format: 'dicom', bodyPart: 'HEAD', slices: 7 },
      { label: 'CT', format: 'dicom', bodyPart: 'CHEST', slices: 3 },
    ];
    const [ct] = heatOf([{ ...row('a', 'train', [['CT', 10]]), mix }], DEFAULT_SET);
    expect(ct.locations.map(({ name, cells }) => [name, cells[0].slices])).toEqual([
      ['chest', 3],
      ['head', 7],
    ]);
  });

  test('has 64 classes of 300 datasets', () => {
    const [first] = DEFAULT_SET.classes;
    const classes = Array.from({ length: 64 }, (_, i) => ({ ...first, id: `c${i}`, name: `Class ${i}` }));
    const set = { ...DEFAULT_SET, classes };
    const rows = Array.from({ length: 300 }, (_, i) =>
      row(`${i}`, SPLITS[i % 3], [[set.classes[i % 64].id, 5]], `place ${i % 7}`),
    );
    const heat = heatOf(rows, set);
    expect(heat).toHaveLength(64);
    expect(heat.flatMap(({ cells }) => cells).reduce((sum, { slices }) => sum + slices, 0)).toBe(1500);
  });
});
