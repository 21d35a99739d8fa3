/** Slices on their way from a decode worker: part of a file's, and those of several files in one message. */

import { join } from '../bytes/inflate.ts';
import type { DecodedSlice } from '../formats/types.ts';
import type { Skip } from '../skip.ts';
import { KEY_BYTES, type SeriesFacts, SLICE_BYTES } from '../types.ts';

/** One after the other; all arrays are of length `count`, or a multiple of it. */
type Slices = {
  count: number;
  /** count·SLICE_BYTES. */
  pixels: Uint8Array<ArrayBuffer>;
  /** count·KEY_BYTES. */
  keys: Uint8Array;
  frame: Uint32Array;
  /** -1 where there is none. */
  instanceNumber: Int32Array;
};

type Label = {
  /** The file's series; null where there are no slices. */
  series: SeriesFacts | null;
  /** DICOM SeriesNumber, as told by the first of the slices. */
  seriesNumber?: number | null;
  skips: Skip[];
  /** Whether this was the file's last chunk. */
  done: boolean;
};

/** Part of a file's slices, in order. */
export type Chunk = Slices & Label;

/** Chunks in one: many small arrays travel slowly. */
export type Answer = Slices & { chunks: (Label & { count: number })[] };

/** A chunk before it is packed; `keys` one a slice. */
export type LooseChunk = Label & { decoded: readonly DecodedSlice[]; keys: readonly Uint8Array[] };

export function packAnswer(chunks: readonly LooseChunk[]): Answer {
  const decoded = chunks.flatMap((chunk) => chunk.decoded);
  const count = decoded.length;
  const slices = decoded.map(({ slice }) => slice);
  const keys = chunks.flatMap((chunk) => chunk.keys);
  return {
    count,
    pixels: join(slices, count * SLICE_BYTES),
    keys: join(keys, count * KEY_BYTES),
    frame: Uint32Array.from(decoded, ({ frame }) => frame),
    instanceNumber: Int32Array.from(decoded, ({ instanceNumber }) => instanceNumber ?? -1),
    chunks: chunks.map(({ decoded: { length, 0: first }, series, skips, done }) => ({
      count: length,
      series,
      seriesNumber: first?.seriesNumber ?? null,
      skips,
      done,
    })),
  };
}

/** Views on the answer's arrays. */
export function chunksOf({ pixels, keys, frame, instanceNumber, chunks }: Answer): Chunk[] {
  let to = 0;
  return chunks.map((chunk) => {
    const from = to;
    to += chunk.count;
    return {
      ...chunk,
      pixels: pixels.subarray(from * SLICE_BYTES, to * SLICE_BYTES),
      keys: keys.subarray(from * KEY_BYTES, to * KEY_BYTES),
      frame: frame.subarray(from, to),
      instanceNumber: instanceNumber.subarray(from, to),
    };
  });
}

/** Says why a file gave nothing, or nothing more. */
export function skippedChunk(skip: Skip): Chunk {
  return emptyChunk([skip]);
}

/** The end of a file without slices. */
export function emptyChunk(skips: Skip[]): Chunk {
  return chunksOf(packAnswer([{ decoded: [], keys: [], series: null, skips, done: true }]))[0];
}
