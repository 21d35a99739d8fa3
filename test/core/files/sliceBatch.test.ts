/** Slices on their way from a decode worker: what is packed comes apart as it was. */
import { expect, test } from 'vitest';
import {
  type DecodedBatch,
  emptyBatch,
  packReply,
  skippedBatch,
  sliceBatchesOf,
} from '../../../src/core/files/sliceBatch.ts';
import { KEY_BYTES, SLICE_BYTES } from '../../../src/core/types.ts';
import { makeFacts } from '../../builders/storage.ts';

/** A file of so many slices; its frames, numbers, keys and pixels follow from `first`. */
function loose(first: number, count: number, more: Partial<DecodedBatch> = {}): DecodedBatch {
  const values = Array.from({ length: count }, (_, i) => first + i);
  return {
    decoded: values.map((value) => ({
      slice: new Uint8Array(SLICE_BYTES).fill(value),
      frame: value * 10,
      instanceNumber: value === 3 ? null : value * 100,
      seriesNumber: value,
    })) as unknown as DecodedBatch['decoded'],
    keys: values.map((value) => new Uint8Array(KEY_BYTES).fill(value)),
    series: count > 0 ? makeFacts(`${first}`, 'p') : null,
    skips: [],
    done: true,
    ...more,
  };
}

test('the files of an answer come apart, each with its slices and what is said of it', () => {
  const skips = [{ code: 'blank', frame: 1 }] as const;
  const packed = packReply([loose(1, 2, { done: false }), loose(9, 0, { skips: [...skips] }), loose(3, 2)]);
  expect(packed.count).toBe(4);
  const batches = sliceBatchesOf(packed);
  expect(
    batches.map(({ count, done, seriesNumber, series }) => [count, done, seriesNumber, series?.series]),
  ).toEqual([
    [2, false, 1, '1'],
    [0, true, null, undefined],
    [2, true, 3, '3'],
  ]);
  expect(batches.map(({ frame }) => [...frame])).toEqual([[10, 20], [], [30, 40]]);
  // None is -1.
  expect(batches.map(({ instanceNumber }) => [...instanceNumber])).toEqual([[100, 200], [], [-1, 400]]);
  expect(batches.map(({ skips: told }) => told)).toEqual([[], skips, []]);
  expect([...batches[2].key]).toEqual([
    ...new Uint8Array(KEY_BYTES).fill(3),
    ...new Uint8Array(KEY_BYTES).fill(4),
  ]);
  expect(batches[2].pixels).toHaveLength(2 * SLICE_BYTES);
  expect([batches[2].pixels[0], batches[2].pixels[SLICE_BYTES]]).toEqual([3, 4]);
});

test('a file that gives nothing is over, and says why where there is a reason', () => {
  const nothing = { count: 0, series: null, seriesNumber: null, done: true };
  expect(emptyBatch([])).toMatchObject({ ...nothing, skips: [] });
  expect(skippedBatch({ code: 'timeout' })).toMatchObject({ ...nothing, skips: [{ code: 'timeout' }] });
});
