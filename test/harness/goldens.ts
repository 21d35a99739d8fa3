/** Reads the golden files and numbers of test/golden/formats. */
import { readFileSync } from 'node:fs';

/** 64 pixels of a slice, evenly spread, and the sum of all. */
export type Digest = { sum: number; samples: number[] };

export type GoldenFile = {
  name: string;
  /** Base64. */
  file: string;
  rows: number;
  columns: number;
  tolerance: number;
  /** `values` are modality values, null where not finite; `slice` is null where it is blank. */
  frames: { values: (number | null)[]; slice: Digest | null }[];
};

/** An image in two files: `file` holds the pixels. */
export type GoldenPair = GoldenFile & { header: string };

export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/formats/${name}`, import.meta.url), 'utf8')) as T;
}

export function bytesOf({ file }: GoldenFile): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(file, 'base64'));
}

export function digestOf(slice: Uint8Array): Digest {
  const samples = Array.from({ length: 64 }, (_, i) => slice[Math.floor((i * (slice.length - 1)) / 63)]);
  return { sum: slice.reduce((sum, value) => sum + value, 0), samples };
}

/** The largest difference of a sampled pixel, and the mean one of all that the sums show. */
export function digestDistance(slice: Uint8Array, golden: Digest): { levels: number; mean: number } {
  const { sum, samples } = digestOf(slice);
  return {
    levels: Math.max(...samples.map((value, i) => Math.abs(value - golden.samples[i]))),
    mean: Math.abs(sum - golden.sum) / slice.length,
  };
}
