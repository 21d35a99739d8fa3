/** Labels that a folder gave against the tag: the edits that let them follow the tag. */
import { expect, test } from 'vitest';
import { followTags } from '../../../src/core/dataset/followTags.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES, type LabelSource } from '../../../src/core/types.ts';
import { makeFacts, makeIndex } from '../../builders/storage.ts';

/** A slice a row, each of a series of its own. */
function index(...rows: [code: string | null, source: LabelSource][]): ShardIndex {
  return {
    ...makeIndex('p', Array(rows.length).fill('a')),
    shard: 7,
    series: rows.map(([modalityTag], i) => ({
      ...makeFacts(`${i}`, 'x'),
      modalityTag,
      folders: ['CT'],
    })),
    seriesOf: Uint16Array.from(rows.keys()),
    source: Uint8Array.from(rows, ([, source]) => LABEL_SOURCES.indexOf(source)),
  };
}

test('concern what a folder labelled and has a tag, one edit for each class', () => {
  const shard = index(
    ['MR', 'folder'],
    ['MR', 'folder'],
    [null, 'folder'],
    ['MR', 'user'],
    ['US', 'folder'],
    ['CT', 'tag'],
  );
  const change = { kind: 'label', set: 'modality', source: 'tag' };
  expect(followTags([shard], DEFAULT_SET)).toEqual([
    {
      target: { kind: 'slices', slices: [{ shard: 7, rows: [[0, 2]] }] },
      change: { ...change, class: 'MR' },
    },
    {
      target: { kind: 'slices', slices: [{ shard: 7, rows: [[4, 5]] }] },
      change: { ...change, class: null },
    },
  ]);
});
