/**
 * Two-file images, a header (.hdr) and its pixels (.img): NIfTI, and the older ANALYZE 7.5, whose header has no
 * magic. https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h has both layouts: sizes, type and offset are at
 * the same offsets.
 */

import type { Deviation } from '../deviations.ts';
import { isSkip, type Skip } from '../skip.ts';
import { type NiftiHeader, niftiVersion, readNifti, shapeOf, volumeOf } from './niftiHeader.ts';
import type { PixelReader } from './types.ts';
import { openVolume, readerOf } from './volume.ts';

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

/** null if the file is no header of a pair. */
export function readPairHeader(file: Uint8Array): PixelReader | Skip | null {
  const found = niftiVersion(file);
  if (found?.single) return null;
  const header = found ? readNifti(file, found) : readAnalyze(file);
  const volume = header && !isSkip(header) ? volumeOf(header) : header;
  if (!volume || isSkip(volume)) return volume;
  if (found) return readerOf(volume);
  const reader = readerOf(volume);
  return {
    bytes: reader.bytes,
    open(source, context) {
      // Tapes and programs that write in blocks pad the last one; NIfTI allows more.
      const isLonger = 'bytes' in source && source.bytes.length > reader.bytes;
      const spare: Deviation[] = isLonger ? ['spare-bytes'] : [];
      return openVolume({ ...volume, deviations: [...volume.deviations, ...spare] }, source, context);
    },
  };
}

/**
 * Without a magic, several fields must be plausible: the size at the start, which also gives the byte order, the axes,
 * the type and the offset; and there is a pixel file of its name. It has no slope. Bits follow from the type: some
 * writers leave them out.
 */
function readAnalyze(bytes: Uint8Array): NiftiHeader | null {
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
  const deviations: Deviation[] = view.getInt16(72, littleEndian) === bits ? [] : ['bits-of-type'];
  return { ...shape, littleEndian, datatype, start, slope: 1, intercept: 0, deviations };
}
