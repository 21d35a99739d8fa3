/**
 * NIfTI-1 and NIfTI-2 (.nii; .nii.gz is inflated before it comes here). Slices run along the third axis, then
 * along every further one; rows are y and columns x as stored: no reorientation, which augmentation covers.
 * https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h, nifti2.h
 */
import type { Skip } from '../errors.ts';
import { luminance, magnitude } from '../image/luminance.ts';
import { checkSize, frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { bitsOf, isSigned, type NumberKind, readNumbers } from './numbers.ts';
import { type DecodeContext, type Decoded, type Format, isSkip } from './types.ts';

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
};

export const nifti: Format = {
  meta: { name: 'nifti', label: 'NIfTI', extensions: ['.nii', '.nii.gz', '.hdr', '.img'] },

  sniff: (head) => niftiVersion(head) !== null,

  async decode(bytes, context) {
    const found = niftiVersion(bytes);
    if (!found) return { code: 'not-an-image' };
    // Its pixels are in another file: see pair.ts.
    if (!found.single) return { code: 'two-files' };
    const header = readNifti(bytes, found);
    return isSkip(header) ? header : openVolume(header, bytes, context);
  },
};

/** Slices of a volume, which are checked to be there. */
export function openVolume(header: VolumeHeader, bytes: Uint8Array, context: DecodeContext): Decoded | Skip {
  const { rows, columns, frames, littleEndian, start, slope, intercept } = header;
  const type = Object.hasOwn(DATATYPES, header.datatype) ? DATATYPES[header.datatype] : null;
  if (!type) return { code: 'pixel-layout', detail: 'NIfTI data type' };
  const { kind, samples } = type;
  const size = rows * columns * samples;
  const width = bitsOf(kind) / 8;
  const bad = checkSize(rows, columns, frames, samples * width);
  if (bad) return bad;
  if (start + frames * size * width > bytes.length) return { code: 'truncated' };

  return {
    identity: NO_IDENTITY,
    facts: plainFacts('nifti', { rows, columns, bits: bitsOf(kind), signed: isSigned(kind) }),
    frameCount: frames,
    frames: (from) =>
      frameStream(
        frames,
        context,
        (index) => {
          const stored = readNumbers(bytes, start + index * size * width, size, kind, littleEndian);
          const frame = { index, rows, columns, instanceNumber: null };
          if (samples === 1) return { ...frame, values: stored, slope, intercept };
          // nifti1.h: scl_slope scales both parts of a complex number, and no RGB.
          const values =
            samples === 2
              ? magnitude(stored, slope, intercept)
              : luminance(stored, rows * columns, { samples, planar: false });
          return { ...frame, values, slope: 1, intercept: 0 };
        },
        from,
      ),
  };
}

export type NiftiVersion = { version: 1 | 2; littleEndian: boolean; single: boolean };

/** The header begins with its own size, which also tells the byte order; the magic tells NIfTI from ANALYZE. */
export function niftiVersion(head: Uint8Array): NiftiVersion | null {
  if (head.length < HEADER_BYTES[1]) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (const littleEndian of [true, false]) {
    const size = view.getInt32(0, littleEndian);
    const magicAt = size === HEADER_BYTES[1] ? 344 : size === HEADER_BYTES[2] ? 4 : null;
    if (magicAt === null) continue;
    const magic = String.fromCharCode(...head.subarray(magicAt, magicAt + 3));
    if (/^n[i+][12]$/.test(magic)) {
      return { version: size === HEADER_BYTES[1] ? 1 : 2, littleEndian, single: magic[1] === '+' };
    }
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

  const shape = shapeOf(dim);
  if (isSkip(shape)) return shape;
  const given = first ? real(108, 0) : Number(view.getBigInt64(168, littleEndian));
  // The header and four bytes that say whether extensions follow.
  const start = single && given === 0 ? headerBytes + 4 : given;
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
    datatype: view.getInt16(first ? 70 : 12, littleEndian),
    start,
    slope: scaled ? slope : 1,
    intercept: scaled && Number.isFinite(intercept) ? intercept : 0,
  };
}

/** Every axis beyond the second is one of slices; one that says 0 is none. */
export function shapeOf(
  dim: (i: number) => number,
): Pick<VolumeHeader, 'columns' | 'rows' | 'frames'> | Skip {
  const axes = dim(0);
  if (!(axes >= 1 && axes <= 7)) return { code: 'malformed', detail: 'number of dimensions' };
  if (axes < 2) return { code: 'pixel-layout', detail: 'one dimension' };
  let frames = 1;
  for (let axis = 3; axis <= axes; axis++) frames *= dim(axis) || 1;
  return { columns: dim(1), rows: dim(2), frames };
}
