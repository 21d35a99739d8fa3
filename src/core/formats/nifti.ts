/**
 * NIfTI-1 and NIfTI-2 (.nii; .nii.gz is inflated before it comes here). Slices run along the third axis, then
 * along every further one; rows are y and columns x as stored: no reorientation, which augmentation covers.
 * https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h, nifti2.h
 */

import { bitsOf, isSigned, type NumberKind, readNumbers } from '../bytes/numbers.ts';
import type { Deviation } from '../deviations.ts';
import type { Frame } from '../image/frame.ts';
import { luminance, magnitude } from '../image/luminance.ts';
import { checkSize, shareOf } from '../image/size.ts';
import { isSkip, type Skip } from '../skip.ts';
import { frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { streamFrames } from './streamed.ts';
import { withoutThin } from './thin.ts';
import type { DecodeContext, Decoded, Format } from './types.ts';

/** NIfTI datatype code → numbers, and how many of them make a pixel: 2 are complex, 3 RGB, 4 RGBA. */
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

/** What is read of a header, of NIfTI or ANALYZE. */
export type VolumeHeader = {
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

export const nifti: Format = {
  meta: { name: 'nifti', label: 'NIfTI', extensions: ['.nii', '.nii.gz', '.hdr', '.img'] },

  sniff: (head) => niftiVersion(head) !== null,

  async decode(bytes, context) {
    const found = niftiVersion(bytes);
    if (!found) return { code: 'not-an-image' };
    const header = readNifti(bytes, { ...found, single: true, astray: !found.single });
    // Its pixels are in another file (see pair.ts), unless they stand behind it all the same.
    if (!found.single && (isSkip(header) || !holdsAll(header, bytes.length))) return { code: 'two-files' };
    return isSkip(header) ? header : openVolume(header, { bytes }, context);
  },
};

function holdsAll(header: VolumeHeader, length: number): boolean {
  const layout = layoutOf(header);
  return !isSkip(layout) && header.start + header.frames * layout.frameBytes <= length;
}

/** The header of a NIfTI in one file; null where it is none. */
export function readSingle(head: Uint8Array): VolumeHeader | null {
  const found = niftiVersion(head);
  const header = found?.single ? readNifti(head, found) : null;
  return header && !isSkip(header) ? header : null;
}

/** Bytes of a whole file, or a gzip stream that is too large to be inflated at once. */
export type VolumeSource = { bytes: Uint8Array } | { gzip: Uint8Array };

type Layout = { kind: NumberKind; samples: number; size: number; frameBytes: number };

function layoutOf({ rows, columns, frames, datatype }: VolumeHeader): Layout | Skip {
  const type = Object.hasOwn(DATATYPES, datatype) ? DATATYPES[datatype] : null;
  if (!type) return { code: 'pixel-layout', detail: 'NIfTI data type' };
  const { kind, samples } = type;
  const width = bitsOf(kind) / 8;
  const size = rows * columns * samples;
  const bad = checkSize(rows, columns, frames, samples * width);
  return bad ?? { kind, samples, size, frameBytes: size * width };
}

/** Bytes of a volume and of what lies before it. */
export function volumeBytes(header: VolumeHeader): number {
  const layout = layoutOf(header);
  return isSkip(layout) ? 0 : header.start + header.frames * layout.frameBytes;
}

/** Slices of a volume: those that are there, up to the limit; of a stream it shows on the way how many those are. */
export function openVolume(
  header: VolumeHeader,
  source: VolumeSource,
  context: DecodeContext,
): Decoded | Skip {
  const { rows, columns, frames, littleEndian, start, slope, intercept } = header;
  const layout = layoutOf(header);
  if (isSkip(layout)) return layout;
  const { kind, samples, size, frameBytes } = layout;
  const isWhole = 'bytes' in source;
  const room = isWhole ? (source.bytes.length - start) / frameBytes : frames;
  const { count, left } = shareOf(frames, room);
  if (count === 0) return { code: 'truncated' };

  const frameOf = (index: number, bytes: Uint8Array, at: number): Frame => {
    const stored = readNumbers(bytes, at, size, kind, littleEndian);
    const frame = { index, rows, columns, instanceNumber: null };
    if (samples === 1) return { ...frame, values: stored, slope, intercept };
    // nifti1.h: scl_slope scales both parts of a complex number, and no RGB.
    const values =
      samples === 2
        ? magnitude(stored, slope, intercept)
        : luminance(stored, rows * columns, { samples, planar: false });
    return { ...frame, values, slope: 1, intercept: 0 };
  };
  const facts = plainFacts('nifti', { rows, columns, bits: bitsOf(kind), signed: isSigned(kind) });
  const cut: Deviation[] = left?.code === 'truncated' ? ['cut-pixels'] : [];
  return {
    identity: NO_IDENTITY,
    facts: { ...facts, deviations: [...header.deviations, ...cut] },
    frameCount: count,
    left,
    frames: (from = 0) => {
      if (!isWhole) return streamFrames(source.gzip, { start, frameBytes, count, from }, frameOf, context);
      return frameStream(
        count,
        context,
        (index) => frameOf(index, source.bytes, start + index * frameBytes),
        from,
      );
    },
  };
}

export type NiftiVersion = {
  version: 1 | 2;
  littleEndian: boolean;
  single: boolean;
  /** It begins with its own size. */
  sized: boolean;
  /** Read as one file though it says two. */
  astray?: boolean;
};

/** The magic tells NIfTI from ANALYZE; the byte order is that of the header's size, else of its number of axes. */
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
    // The size may be in another order than the rest.
    const isAstray = version === 1 && littleEndian !== undefined && littleEndian !== sized;
    if (sized !== undefined && !isAstray) return { version, littleEndian: sized, single, sized: true };
    if (version === 2 || magic.slice(2) !== '1\0') continue;
    if (littleEndian !== undefined) return { version, littleEndian, single, sized: false };
  }
  return null;
}

/** The header of a file, or the one of a pair: there the pixels may begin anywhere in the other file. */
export function readNifti(bytes: Uint8Array, found: NiftiVersion): VolumeHeader | Skip {
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
  // The header and four bytes that say whether extensions follow.
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
 * Every axis beyond the second is one of slices; one that says 0 is none. Of a volume one pixel thin its axes of one
 * pixel are left out: a single sagittal slice is an image, too.
 */
export function shapeOf(
  dim: (i: number) => number,
): Pick<VolumeHeader, 'columns' | 'rows' | 'frames'> | Skip {
  const axes = dim(0);
  if (!(axes >= 1 && axes <= 7)) return { code: 'malformed', detail: 'number of dimensions' };
  if (axes < 2) return { code: 'pixel-layout', detail: 'one dimension' };
  const given = Array.from({ length: axes }, (_, i) => (i < 2 ? dim(i + 1) : dim(i + 1) || 1));
  const [columns, rows = 1, ...others] = withoutThin(given);
  return { columns, rows, frames: others.reduce((product, size) => product * size, 1) };
}
