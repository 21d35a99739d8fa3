/** A project's options: what a new label map does to what is stored, and when two say the same. */

import { describe, expect, test } from 'vitest';
import {
  DEFAULT_OPTIONS,
  followTags,
  isPaperPreprocessing,
  relabel,
  sameMap,
} from '../../../src/core/dataset/options.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { PAPER_PREPROCESSING } from '../../../src/core/image/preprocessing.ts';
import { LABEL_SOURCES, LABELS, type Label, type LabelSource } from '../../../src/core/types.ts';
import { makeFacts, makeShard } from '../../builders/storage.ts';

/** A slice a row, each of a series of its own. */
function shard(...rows: [code: string | null, label: Label, source: LabelSource][]): ShardIndex {
  const { pixels: _, ...columns } = makeShard('p', Array(rows.length).fill('a'));
  return {
    ...columns,
    shard: 1,
    series: rows.map(([modalityTag], i) => ({ ...makeFacts(`${i}`, 'x'), modalityTag })),
    seriesOf: Uint16Array.from(rows.keys()),
    label: Uint8Array.from(rows, ([, label]) => LABELS.indexOf(label)),
    source: Uint8Array.from(rows, ([, , source]) => LABEL_SOURCES.indexOf(source)),
  };
}
const labels = (index: ShardIndex) => [...index.label].map((label) => LABELS[label]);
const sources = (index: ShardIndex) => [...index.source].map((source) => LABEL_SOURCES[source]);

describe('a new label map', () => {
  test('labels anew what the tag had labelled, and nothing else', () => {
    const index = shard(
      ['DX', 'XR', 'tag'],
      ['DX', 'CT', 'folder'],
      ['DX', 'MR', 'user'],
      ['MR', 'MR', 'tag'],
    );
    const map = { ...DEFAULT_OPTIONS.labelMap, DX: 'other' as const };
    expect(relabel(index, map)).toBe(true);
    expect(labels(index)).toEqual(['other', 'CT', 'MR', 'MR']);
    expect(relabel(index, map)).toBe(false);
    expect(relabel(index, DEFAULT_OPTIONS.labelMap)).toBe(true);
    expect(labels(index)).toEqual(['XR', 'CT', 'MR', 'MR']);
  });

  test('of a tag that is not there makes it other', () => {
    const index = shard([null, 'CT', 'tag']);
    relabel(index, DEFAULT_OPTIONS.labelMap);
    expect(labels(index)).toEqual(['other']);
  });
});

test('following the tags changes what a folder had labelled, where there is a tag', () => {
  const index = shard(
    ['MR', 'CT', 'folder'],
    [null, 'CT', 'folder'],
    ['MR', 'CT', 'user'],
    ['MR', 'MR', 'folder'],
    ['CT', 'CT', 'tag'],
  );
  expect(followTags(index, DEFAULT_OPTIONS.labelMap)).toBe(true);
  expect(labels(index)).toEqual(['MR', 'CT', 'CT', 'MR', 'CT']);
  expect(sources(index)).toEqual(['tag', 'folder', 'user', 'tag', 'tag']);
  expect(followTags(index, DEFAULT_OPTIONS.labelMap)).toBe(false);
});

test('slices are as in the paper where nothing is smoothed and every pixel counts', () => {
  expect(isPaperPreprocessing(PAPER_PREPROCESSING)).toBe(true);
  expect(isPaperPreprocessing({ ...PAPER_PREPROCESSING, antialias: true })).toBe(false);
  expect(isPaperPreprocessing({ ...PAPER_PREPROCESSING, padding: 'exclude' })).toBe(false);
  expect(isPaperPreprocessing(DEFAULT_OPTIONS)).toBe(false);
});

test('two maps are the same where they say the same of every code, listed or not', () => {
  expect(sameMap({ CT: 'CT' }, { CT: 'CT' })).toBe(true);
  expect(sameMap({ CT: 'CT', US: 'other' }, { CT: 'CT' })).toBe(true);
  expect(sameMap({ CT: 'CT' }, { CT: 'CT', US: 'XR' })).toBe(false);
  expect(sameMap({ CT: 'CT', US: 'XR' }, { CT: 'CT' })).toBe(false);
});
