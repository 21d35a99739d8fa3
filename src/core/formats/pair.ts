/**
 * Images in two files, a header (.hdr) and its pixels (.img): NIfTI, and ANALYZE 7.5 before it, whose header has no
 * magic. https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h has both layouts: sizes, type and offset lie at
 * the same places.
 */
import type { Skip } from '../errors.ts';
import { inflate } from './inflate.ts';
import { LIMITS } from './limits.ts';
import { niftiVersion, openVolume, readNifti, shapeOf, type VolumeHeader } from './nifti.ts';
import { type DecodeContext, type Decoded, isSkip } from './types.ts';

const ANALYZE_BYTES = 348;

/** ANALYZE datatype code → bits of a pixel; its other types (bits, complex, colour) are not read. */
const ANALYZE_BITS: Readonly<Record<number, number>> = { 2: 8, 4: 16, 8: 32, 16: 32, 64: 64 };

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

/** @param image the inflated file of the pixels */
export function openPair(header: PairHeader, image: Uint8Array, context: DecodeContext): Decoded | Skip {
  if (header.bytes !== null && image.length > header.bytes) {
    return { code: 'malformed', detail: 'the .img is longer than its .hdr says' };
  }
  return openVolume(header, image, context);
}

/**
 * Without a magic, everything must fit: the size that the header begins with, which also tells the byte order, the
 * axes, the type with its bits, the offset, and when it is opened the length of the other file. It has no slope.
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
  const fits = [rows, columns, frames].every((size) => size > 0) && bits === view.getInt16(72, littleEndian);
  if (!fits || !Number.isSafeInteger(start) || start < 0) return null;
  const length = start + (rows * columns * frames * bits) / 8;
  return { ...shape, littleEndian, datatype, start, slope: 1, intercept: 0, bytes: length };
}
