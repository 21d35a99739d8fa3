/** A shard is made of the decoders' buffers, and keeps no more of them alive than it is worth. */
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/bytes/crc32.ts';
import { type NewShard, SHARD_SLICES } from '../../../src/core/dataset/shard.ts';
import { type DecodedBatch, packReply, sliceBatchesOf } from '../../../src/core/files/sliceBatch.ts';
import { createShardBuilder } from '../../../src/core/ingest/builder.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';

/** An answer of `count` slices, all of `value`. */
function answer(count: number, value: number) {
  const slice = new Uint8Array(SLICE_BYTES).fill(value);
  const series = { series: 's', patient: 'p', folders: [] as readonly string[] } as DecodedBatch['series'];
  const decoded = Array.from({ length: count }, (_, frame) => ({ slice, frame, instanceNumber: null }));
  const keys = decoded.map(() => new Uint8Array(16));
  const loose = { decoded, keys, series, skips: [], done: true } as unknown as DecodedBatch;
  return sliceBatchesOf(packReply([loose]))[0];
}

function heldBytes({ pixels }: NewShard): number {
  return [...new Set(pixels.map(({ buffer }) => buffer))].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
}

test('whole answers are not copied', () => {
  const builder = createShardBuilder('p');
  const chunk = answer(64, 1);
  for (let at = 0; at < 64; at++) builder.add(chunk, at, 'd');
  const shard = builder.finish();
  expect(shard.pixels.every(({ buffer }) => buffer === chunk.pixels.buffer)).toBe(true);
  expect(shard.crc32).toBe(crc32(chunk.pixels));
});

test('one slice of each of many answers does not keep all of them', () => {
  const builder = createShardBuilder('p');
  for (let i = 0; i < SHARD_SLICES; i++) builder.add(answer(16, i % 256), 3, 'd');
  const shard = builder.finish();
  expect(shard.pixels.map(([first]) => first)).toEqual(
    Array.from({ length: SHARD_SLICES }, (_, i) => i % 256),
  );
  expect(heldBytes(shard)).toBeLessThanOrEqual(3 * SHARD_SLICES * SLICE_BYTES);
});
