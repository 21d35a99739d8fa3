/** Slices by class, format and body part. */
import { expect, test } from 'vitest';
import { countMix } from '../../../src/core/dataset/mix.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeFacts, makeShard } from '../../builders/storage.ts';

test('counts together what is of one class, one format and one body part', () => {
  const shard = {
    ...makeShard('p', ['a', 'a', 'a', 'a', 'b']),
    series: [
      { ...makeFacts('s', 'x'), bodyPart: 'CHEST' },
      { ...makeFacts('t', 'x'), bodyPart: 'CHEST' },
      { ...makeFacts('u', 'y'), format: 'png' },
    ],
    seriesOf: Uint16Array.from([0, 1, 2, 2, 2]),
    label: Uint8Array.from([0, 0, 1, 1, 255]),
    removed: Uint8Array.from([0, 0, 0, 1, 0]),
  } as unknown as ShardIndex;
  expect(Object.fromEntries(countMix([shard], DEFAULT_SET))).toEqual({
    a: [
      { label: 'CT', format: 'dicom', bodyPart: 'CHEST', slices: 2 },
      { label: 'MR', format: 'png', bodyPart: null, slices: 1 },
    ],
    b: [{ label: 'other', format: 'png', bodyPart: null, slices: 1 }],
  });
});
