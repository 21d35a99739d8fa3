/**
 * Headers of NIfTI-1 and NIfTI-2, of one file or of two.
 * https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h, nifti2.h
 */
import { bitsOf, type NumberKind } from '../bytes/numbers.ts';
import type { Deviation } from '../deviations.ts';
import { checkSize } from '../image/size.ts';
import { isSkip, type Skip } from '../skip.ts';
import { withoutThin } from './thin.ts';
import type { Volume } from './volume.ts';

/** NIfTI datatype code → type of numbers, and numbers per pixel: 2 are complex, 3 RGB, 4 RGBA. */
const DATATYPES: Record<number, { kind: NumberKind; samples: number }> = {
  2: { kind: 'uint8', samples: 1 },
  4: { kind: 'int16', samples: 1 },
  8: { kind: 'int32', samples: 1 },
  16: { kind: 'float32', samples: 1 },
  32: { kind: 'float32', samples: 2 },
  64: { kind: 'float64', samples: 1 },
  128: { kind: 'uint8', samples: 3 },
  256: { kind: 'int8', samples: 1 },
  512: { kind: 'uint16', samples: 1 },
  768: { kind: 'uint32', samples: 1 },
  1024: { kind: 'int64', samples: 1 },
  1280: { kind: 'uint64', samples: 1 },
  1792: { kind: 'float64', samples: 2 },
  2304: { kind: 'uint8', samples: 4 },
};

const HEADER_BYTES = { 1: 348, 2: 540 } as const;

/** The fields read from a header of NIfTI or ANALYZE. */
export type NiftiHeader = {
  littleEndian: boolean;
  columns: number;
  rows: number;
  frames: number;
  datatype: number;
  /** Where the pixels begin in the file that holds them. */
  start: number;
  slope: number;
  intercept: number;
  deviations: readonly Deviation[];
};

/** The volume that a header describes, if its type is supported and its size is within the limits. */
export function volumeOf(header: NiftiHeader): Volume | Skip {
  const { datatype, ...volume } = header;
  const type = Object.hasOwn(DATATYPES, datatype) ? DATATYPES[datatype] : null;
  if (!type) return { code: 'pixel-layout', detail: 'NIfTI data type' };
  const { rows, columns, frames } = header;
  const bad = checkSize(rows, columns, frames, (type.samples * bitsOf(type.kind)) / 8);
  return bad ?? { format: 'nifti', ...volume, ...type };
}

export type NiftiVersion = {
  version: 1 | 2;
  littleEndian: boolean;
  single: boolean;
  /** Whether it begins with its own size. */
  sized: boolean;
  /** Whether it is read as one file although it declares two. */
  astray?: boolean;
};

/** The magic distinguishes NIfTI from ANALYZE; the header's size, else its number of axes, gives the byte order. */
export function niftiVersion(head: Uint8Array): NiftiVersion | null {
  if (head.length < HEADER_BYTES[1]) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (const version of [1, 2] as const) {
    if (head.length < HEADER_BYTES[version]) continue;
    const magicAt = version === 1 ? 344 : 4;
    const magic = String.fromCharCode(...head.subarray(magicAt, magicAt + 4));
    if (!/^n[i+][12]/.test(magic)) continue;
    const single = magic[1] === '+';
    const sized = [true, false].find((little) => view.getInt32(0, little) === HEADER_BYTES[version]);
    const axes = (little: boolean) => view.getInt16(40, little);
    const littleEndian = [true, false].find((little) => axes(little) >= 1 && axes(little) <= 7);
    // The size may have another byte order than the rest.
    const isAstray = version === 1 && littleEndian !== undefined && littleEndian !== sized;
    if (sized !== undefined && !isAstray) return { version, littleEndian: sized, single, sized: true };
    if (version === 2 || magic.slice(2) !== '1\0') continue;
    if (littleEndian !== undefined) return { version, littleEndian, single, sized: false };
  }
  return null;
}

/** The header of a file, or the one of a pair: there the pixels may begin anywhere in the other file. */
export function readNifti(bytes: Uint8Array, found: NiftiVersion): NiftiHeader | Skip {
  const { littleEndian, single } = found;
  const headerBytes = HEADER_BYTES[found.version];
  if (bytes.length < headerBytes) return { code: 'truncated' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = found.version === 1;
  const dim = (i: number) =>
    first ? view.getInt16(40 + 2 * i, littleEndian) : Number(view.getBigInt64(16 + 8 * i, littleEndian));
  const real = (at: number, at2: number) =>
    first ? view.getFloat32(at, littleEndian) : view.getFloat64(at2, littleEndian);

  const { datatypeAt, bitsAt } = first ? { datatypeAt: 70, bitsAt: 72 } : { datatypeAt: 12, bitsAt: 14 };
  const datatype = view.getInt16(datatypeAt, littleEndian);
  const type = Object.hasOwn(DATATYPES, datatype) ? DATATYPES[datatype] : null;
  const deviations: Deviation[] = [];
  if (!found.sized) deviations.push('header-size');
  if (found.astray) deviations.push('one-file');
  if (type && view.getInt16(bitsAt, littleEndian) !== bitsOf(type.kind) * type.samples)
    deviations.push('bits-of-type');
  const shape = shapeOf(dim);
  if (isSkip(shape)) return shape;
  const given = first ? real(108, 0) : Number(view.getBigInt64(168, littleEndian));
  // The header and four bytes that tell whether extensions follow.
  const start = single && given === 0 ? headerBytes + 4 : Math.floor(given);
  if (!Number.isSafeInteger(start) || start < (single ? headerBytes : 0)) {
    return { code: 'malformed', detail: 'data offset' };
  }
  // "If scl_slope is 0, the data are not scaled."
  const slope = real(112, 176);
  const scaled = Number.isFinite(slope) && slope !== 0;
  const intercept = real(116, 184);
  return {
    littleEndian,
    ...shape,
    datatype,
    start,
    slope: scaled ? slope : 1,
    intercept: scaled && Number.isFinite(intercept) ? intercept : 0,
    deviations,
  };
}

/**
 * Every axis beyond the second counts slices; size 0 means no axis. For a volume one pixel thin, its axes of one
 * pixel are dropped: a single sagittal slice is an image, too.
 */
export function shapeOf(dim: (i: number) => number): Pick<NiftiHeader, 'columns' | 'rows' | 'frames'> | Skip {
  const axes = dim(0);
  if (!(axes >= 1 && axes <= 7)) return { code: 'malformed', detail: 'number of dimensions' };
  if (axes < 2) return { code: 'pixel-layout', detail: 'one dimension' };
  const given = Array.from({ length: axes }, (_, i) => (i < 2 ? dim(i + 1) : dim(i + 1) || 1));
  const [columns, rows = 1, ...others] = withoutThin(given);
  return { columns, rows, frames: others.reduce((product, size) => product * size, 1) };
}
