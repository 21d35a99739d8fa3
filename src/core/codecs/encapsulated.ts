/** Encapsulated Uncompressed: each frame is its native encoding in a fragment (PS3.5 A.4.11). */

import { unpackBits } from '../bytes/bits.ts';
import { type NumberKind, readNumbers } from '../bytes/numbers.ts';
import type { Skip } from '../skip.ts';
import type { Codec, CodedImage, Promised } from './types.ts';

const KINDS: Readonly<Record<number, NumberKind>> = { 8: 'uint8', 16: 'uint16', 32: 'uint32' };

export const encapsulated: Codec = {
  meta: {
    name: 'encapsulated',
    label: 'Uncompressed in fragments',
    syntaxes: ['1.2.840.10008.1.2.1.98'],
  },
  decode: async (bytes, promised) => nativeFrame(bytes, promised),
};

/** Bytes of one little-endian frame; 1-bit frames begin on a byte. */
export function frameSize({ rows, columns, samples, bitsAllocated }: Promised): number {
  return Math.ceil((rows * columns * samples * bitsAllocated) / 8);
}

/** The numbers in these bytes. */
export function nativeFrame(bytes: Uint8Array, promised: Promised): CodedImage | Skip {
  const { rows, columns, samples, bitsAllocated, planar, photometric } = promised;
  if (photometric.endsWith('_422')) return { code: 'pixel-layout', detail: 'subsampled colours' };
  if (bytes.length < frameSize(promised)) return { code: 'truncated', detail: 'frame' };
  const kind = KINDS[bitsAllocated];
  if (!kind && bitsAllocated !== 1) return { code: 'pixel-layout', detail: 'bits per pixel' };
  const count = rows * columns * samples;
  const values = bitsAllocated === 1 ? unpackBits(bytes, 0, count) : readNumbers(bytes, 0, count, kind, true);
  return { values, samples, planar: samples > 1 && planar, precision: null, lossy: false, rgb: false };
}
