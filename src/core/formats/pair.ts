/**
 * Images in two files, a header (.hdr) and its pixels (.img): NIfTI, and ANALYZE 7.5 before it, whose header has no
 * magic. https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h has both layouts: sizes, type and offset lie at
 * the same places.
 */

import { inflate } from '../bytes/inflate.ts';
import { LIMITS } from '../bytes/limits.ts';
import type { Deviation } from '../deviations.ts';
import { isSkip, type Skip } from '../skip.ts';
import {
  niftiVersion,
  openVolume,
  readNifti,
  shapeOf,
  type VolumeHeader,
  type VolumeSource,
} from './nifti.ts';
import type { DecodeContext, Decoded } from './types.ts';

const ANALYZE_BYTES = 348;

/** ANALYZE datatype code → bits of a pixel; its other types (single bits, all) are not read. */
const ANALYZE_BITS: Readonly<Record<number, number>> = {
  2: 8,
  4: 16,
  8: 32,
  16: 32,
  32: 64,
  64: 64,
  128: 24,
};

/** `bytes` are those of all pixels and of what lies before them; null where NIfTI allows more. */
export type PairHeader = VolumeHeader & { bytes: number | null };

/** Null where the file is no header of a pair, gzipped or not. */
export function readPairHeader(file: Uint8Array): PairHeader | Skip | null {
  const isGzip = file[0] === 0x1f && file[1] === 0x8b;
  const bytes = isGzip ? inflate(file, 'gzip', LIMITS.pairHeaderBytes) : file;
  if (isSkip(bytes)) return null;
  const found = niftiVersion(bytes);
  if (!found) return readAnalyze(bytes);
  if (found.single) return null;
  const header = readNifti(bytes, found);
  return isSkip(header) ? header : { ...header, bytes: null };
}

export function openPair(header: PairHeader, image: VolumeSource, context: DecodeContext): Decoded | Skip {
  // Tapes and programs that write in blocks pad the last one.
  const isLonger = header.bytes !== null && 'bytes' in image && image.bytes.length > header.bytes;
  const deviations: Deviation[] = isLonger ? [...header.deviations, 'spare-bytes'] : [...header.deviations];
  return openVolume({ ...header, deviations }, image, context);
}

/**
 * Without a magic, much must fit: the size that the header begins with, which also tells the byte order, the axes,
 * the type and the offset; and a file of pixels has its name. It has no slope. Bits are what the type has: some
 * writers leave them out.
 */
function readAnalyze(bytes: Uint8Array): PairHeader | null {
  if (bytes.length < ANALYZE_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = [true, false].find((little) => view.getInt32(0, little) === ANALYZE_BYTES);
  if (littleEndian === undefined) return null;
  const shape = shapeOf((i) => view.getInt16(40 + 2 * i, littleEndian));
  if (isSkip(shape)) return null;
  const { rows, columns, frames } = shape;
  const datatype = view.getInt16(70, littleEndian);
  const bits = Object.hasOwn(ANALYZE_BITS, datatype) ? ANALYZE_BITS[datatype] : 0;
  const start = view.getFloat32(108, littleEndian);
  const fits = [rows, columns, frames].every((size) => size > 0) && bits > 0;
  if (!fits || !Number.isSafeInteger(start) || start < 0) return null;
  const length = start + (rows * columns * frames * bits) / 8;
  const deviations: Deviation[] = view.getInt16(72, littleEndian) === bits ? [] : ['bits-of-type'];
  return { ...shape, littleEndian, datatype, start, slope: 1, intercept: 0, deviations, bytes: length };
}
