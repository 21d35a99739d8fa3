/** The pixels of a trial's shards, one after the other in a file. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { SHARD_SLICES } from '../../src/core/dataset/shard.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import type { Slice } from './plan.ts';

const SHARD_BYTES = SHARD_SLICES * SLICE_BYTES;

/** @param seen is shown the pixels of each slice */
export function writeShards(
  path: string,
  slices: readonly Slice[],
  seen: (slice: Slice, pixels: Uint8Array) => void,
): void {
  const file = openSync(path, 'w');
  for (const slice of slices) {
    const pixels = slice.render();
    writeSync(file, pixels);
    seen(slice, pixels);
  }
  closeSync(file);
}

export function shardReader(path: string): (shard: number) => Promise<Uint8Array> {
  const opened = open(path);
  return async (shard) => {
    const pixels = new Uint8Array(SHARD_BYTES);
    const { bytesRead } = await (await opened).read(pixels, 0, SHARD_BYTES, shard * SHARD_BYTES);
    return pixels.subarray(0, bytesRead);
  };
}
