/** Folders against tags, and what “other” is made of. */
import { expect, test } from 'vitest';
import { contradictionWarning, findContradictions } from '../../../src/core/dataset/contradictions.ts';
import { followTags } from '../../../src/core/dataset/followTags.ts';
import { countOthers } from '../../../src/core/dataset/others.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { UNLISTED } from '../../../src/core/dicom/modalityCode.ts';
import { applyLabel } from '../../../src/core/labels/apply.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES, type LabelSource } from '../../../src/core/types.ts';
import { LABELS, type Label, type Modality } from '../../builders/modalities.ts';
import { makeFacts, makeIndex } from '../../builders/storage.ts';

type Row = [folder: Modality | null, code: string | null, label: Label, source: LabelSource];

/** One slice a row, all of dataset `a`. */
function shard(...rows: Row[]): ShardIndex {
  return {
    ...makeIndex(
      'p',
      rows.map(() => 'a'),
    ),
    shard: 1,
    series: rows.map(([folder, modalityTag], i) => ({
      ...makeFacts(`${i}`, 'one'),
      folders: folder === null ? [] : [folder],
      modalityTag,
    })),
    seriesOf: Uint16Array.from(rows.keys()),
    label: Uint8Array.from(rows, ([, , label]) => LABELS.indexOf(label)),
    source: Uint8Array.from(rows, ([, , , source]) => LABEL_SOURCES.indexOf(source)),
  };
}

const found = (index: ShardIndex) => findContradictions([index], DEFAULT_SET).get('a') ?? [];

test('a folder contradicts a Modality that stands for something else, the most slices first', () => {
  const index = shard(['CT', 'RTDOSE', 'other', 'tag'], ['CT', 'MR', 'MR', 'tag'], ['CT', 'MR', 'MR', 'tag']);
  expect(found(index)).toEqual([
    { folder: 'CT', attribute: 'Modality', code: 'MR', label: 'MR', slices: 2 },
    { folder: 'CT', attribute: 'Modality', code: 'RTDOSE', label: 'other', slices: 1 },
  ]);
});

test('no contradiction: the same modality, no folder, no tag, a user’s label, a removed slice', () => {
  const index = shard(
    ['XR', 'DX', 'XR', 'tag'],
    [null, 'US', 'other', 'tag'],
    ['PT', null, 'PT', 'folder'],
    ['CT', 'OT', 'MR', 'user'],
    ['CT', 'OT', 'other', 'tag'],
  );
  index.removed[4] = 1;
  expect(found(index)).toEqual([]);
});

test('a label that a folder once gave against the tag is one until the tag is followed', () => {
  const index = shard(
    ['CT', 'RTDOSE', 'CT', 'folder'],
    ['XR', null, 'XR', 'folder'],
    ['CT', 'US', 'CT', 'user'],
  );
  expect(found(index)).toEqual([
    { folder: 'CT', attribute: 'Modality', code: 'RTDOSE', label: 'CT', slices: 1 },
  ]);
  for (const edit of followTags([index], DEFAULT_SET)) applyLabel(index, index, DEFAULT_SET, edit);
  expect([...index.label]).toEqual([NO_CLASS, 3, 0]);
  expect(found(index)).toEqual([
    { folder: 'CT', attribute: 'Modality', code: 'RTDOSE', label: 'other', slices: 1 },
  ]);
  expect(followTags([index], DEFAULT_SET)).toEqual([]);
});

test('is said with its number, both sides and the outcome', () => {
  const one = { folder: 'CT', attribute: 'Modality', code: 'RTDOSE', label: 'other', slices: 3 } as const;
  expect(contradictionWarning(one, DEFAULT_SET)).toBe(
    '3 slices lie in a folder CT, but their Modality is RTDOSE: kept without a label, left out of training.',
  );
  expect(
    contradictionWarning({ ...one, attribute: 'Modality', code: 'MR', label: 'MR', slices: 1 }, DEFAULT_SET),
  ).toBe('1 slice lies in a folder CT, but its Modality is MR: labelled MR.');
  expect(contradictionWarning({ ...one, label: 'CT' }, DEFAULT_SET)).toContain('labelled CT by the folder');
  expect(contradictionWarning({ ...one, code: UNLISTED }, DEFAULT_SET)).toContain(
    'Modality is none that DICOM defines',
  );
});

test('what is other is counted by Modality', () => {
  const index = shard(
    [null, 'US', 'other', 'tag'],
    [null, null, 'other', 'folder'],
    [null, 'US', 'other', 'tag'],
    [null, 'CT', 'CT', 'tag'],
    [null, 'NM', 'other', 'tag'],
  );
  index.removed[4] = 1;
  expect(countOthers([index], DEFAULT_SET).get('a')).toEqual([
    { code: 'US', slices: 2 },
    { code: null, slices: 1 },
  ]);
});
