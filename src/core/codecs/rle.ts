/** DICOM's RLE: PackBits over one segment per byte of a pixel, most significant first (PS3.5 Annex G). */

import { type NumberKind, readNumbers } from '../bytes/numbers.ts';
import type { Skip } from '../skip.ts';
import type { Codec, Promised } from './types.ts';

const HEADER_BYTES = 64;
const MAX_SEGMENTS = 15;
/** Encoders pad segments to even lengths, some to four or eight; more spare bytes are remarked on. */
const PADDING_BYTES = 8;
/** Largest number of spare bytes seen from real encoders: up to a block, and a few lines. */
const BLOCK_BYTES = 512;
const SPARE_LINES = 4;

const KINDS: Readonly<Record<number, NumberKind>> = { 8: 'uint8', 16: 'uint16', 32: 'uint32' };

export const rle: Codec = {
  meta: { name: 'rle', label: 'RLE', syntaxes: ['1.2.840.10008.1.2.5'] },

  async decode(bytes, { rows, columns, samples, bitsAllocated }) {
    const kind = KINDS[bitsAllocated];
    if (!kind) return { code: 'pixel-layout', detail: 'bits per pixel' };
    const offsets = readOffsets(bytes);
    const width = bitsAllocated / 8;
    if (offsets?.length !== samples * width) return { code: 'malformed', detail: 'RLE segments' };

    const pixels = rows * columns;
    const out = new Uint8Array(pixels * samples * width);
    let spare = false;
    for (let i = 0; i < offsets.length; i++) {
      const segment = bytes.subarray(offsets[i], offsets[i + 1] ?? bytes.length);
      const sample = Math.floor(i / width);
      const byte = width - 1 - (i % width);
      const left = unpack(segment, out, sample * width + byte, samples * width);
      if (typeof left !== 'number') return left;
      if (left > BLOCK_BYTES + SPARE_LINES * columns) return { code: 'malformed', detail: 'RLE data' };
      spare ||= left > PADDING_BYTES;
    }
    const values = readNumbers(out, 0, pixels * samples, kind, true);
    const deviation = spare ? 'rle-spare' : undefined;
    return { values, samples, planar: false, precision: null, lossy: false, rgb: false, deviation };
  },
};

/** Number of segments and their offsets, as 16 uint32; null unless they ascend within the frame. */
function readOffsets(bytes: Uint8Array): number[] | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const count = view.getUint32(0, true);
  if (count < 1 || count > MAX_SEGMENTS) return null;
  const offsets = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i, true));
  const ascending = offsets.every((offset, i) => offset >= (i === 0 ? HEADER_BYTES : offsets[i - 1]));
  return ascending && offsets[count - 1] <= bytes.length ? offsets : null;
}

/** Writes a segment's bytes to `out` at `first`, `first + step`, …; returns the number of bytes left over. */
function unpack(segment: Uint8Array, out: Uint8Array, first: number, step: number): Skip | number {
  const damaged: Skip = { code: 'malformed', detail: 'RLE data' };
  let to = first;
  let at = 0;
  while (to < out.length) {
    if (at + 1 >= segment.length) return { code: 'truncated', detail: 'RLE data' };
    const control = segment[at++];
    if (control < 128) {
      const end = at + control + 1;
      if (end > segment.length) return damaged;
      for (; at < end && to < out.length; to += step) out[to] = segment[at++];
      at = end;
    } else if (control > 128) {
      const value = segment[at++];
      for (let run = 257 - control; run > 0 && to < out.length; run--, to += step) out[to] = value;
    }
  }
  return segment.length - at;
}

/**
 * Whether the bytes are an RLE header, of any image: the first segment follows it directly, offsets ascend, and zeros
 * fill the rest. Segments may lie in further fragments.
 */
export function beginsAsRle(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [count, ...offsets] = Array.from({ length: HEADER_BYTES / 4 }, (_, i) => view.getUint32(4 * i, true));
  if (count < 1 || count > MAX_SEGMENTS || offsets[0] !== HEADER_BYTES) return false;
  return offsets.every((offset, i) => i === 0 || (i < count ? offset > offsets[i - 1] : offset === 0));
}

/** Whether the header is an RLE header with as many segments as the frame needs. */
export function isRle(bytes: Uint8Array, { samples, bitsAllocated }: Promised): boolean {
  const offsets = readOffsets(bytes);
  return offsets?.length === (samples * bitsAllocated) / 8 && offsets[0] === HEADER_BYTES;
}
