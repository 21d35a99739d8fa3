/** The image attributes of the header, checked before any pixel is read (PS3.3 C.7.6.3). */

import type { Frame } from '../image/frame.ts';
import { checkSize } from '../image/size.ts';
import type { Skip } from '../skip.ts';
import { type DataSet, type Dicom, decimal, type Element, integer, item, real, text } from './dataSet.ts';
import { frameGroup } from './groups.ts';
import { type Lut, readLut } from './lut.ts';
import { type Palette, readPalette } from './palette.ts';
import { TAGS } from './tags.ts';

/** Photometric interpretation → required samples per pixel (PS3.3 C.7.6.3.1.2). */
const SAMPLES: Readonly<Record<string, number>> = {
  MONOCHROME1: 1,
  MONOCHROME2: 1,
  'PALETTE COLOR': 1,
  RGB: 3,
  YBR_FULL: 3,
  YBR_FULL_422: 3,
  YBR_PARTIAL_422: 3,
  YBR_PARTIAL_420: 3,
  YBR_ICT: 3,
  YBR_RCT: 3,
};

export type ImageHeader = {
  rows: number;
  columns: number;
  frames: number;
  samples: number;
  photometric: string;
  planar: boolean;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  /** Float or Double Float Pixel Data. */
  floating: boolean;
  pixels: Element;
  /** Set for PALETTE COLOR. */
  palette: Palette | null;
  /** Replaces slope and intercept. */
  modalityLut: Lut | null;
  /** One per frame. */
  scale: (frame: number) => Scale;
  /** Range of stored numbers, inclusive; null if the file has none. */
  padding: Required<Frame>['padding'] | null;
  seriesNumber: number | null;
  instanceNumber: number | null;
};

export type Scale = Pick<Frame, 'slope' | 'intercept'>;

export function readHeader({ body }: Dicom): ImageHeader | Skip {
  const pixelTag = [TAGS.pixels, TAGS.floatPixels, TAGS.doublePixels].find((tag) => body.elements.has(tag));
  const pixels = pixelTag && body.elements.get(pixelTag);
  if (!pixels) return { code: 'dicom-no-pixels' };

  const rows = integer(body, TAGS.rows) ?? 0;
  const columns = integer(body, TAGS.columns) ?? 0;
  // Some single-frame writers write 0 or text.
  const frames = decimal(body, TAGS.numberOfFrames) || 1;
  if (rows > 65_535 || columns > 65_535) return { code: 'malformed', detail: 'image size' };
  const samples = integer(body, TAGS.samplesPerPixel) ?? 1;
  const allocated = integer(body, TAGS.bitsAllocated) ?? 0;
  const bad = checkSize(rows, columns, frames, (samples * Math.max(allocated, 1)) / 8);
  if (bad) return bad;

  const photometric = text(body, TAGS.photometric).toUpperCase() || (samples === 1 ? 'MONOCHROME2' : 'RGB');
  if (!Object.hasOwn(SAMPLES, photometric) || SAMPLES[photometric] !== samples) {
    return { code: 'pixel-layout', detail: 'samples per pixel or photometric interpretation' };
  }
  const bits = readBits(body, pixelTag);
  if (!bits) return { code: 'pixel-layout', detail: 'bits per pixel' };

  const colored = photometric === 'PALETTE COLOR';
  const palette = colored ? readPalette(body, bits.signed) : null;
  if (colored && !palette) return { code: 'pixel-layout', detail: 'palette' };
  const modalityLut = photometric.startsWith('MONOCHROME') ? readModalityLut(body, bits) : null;
  if (modalityLut === 'damaged') return { code: 'pixel-layout', detail: 'modality LUT' };

  return {
    rows,
    columns,
    frames,
    samples,
    photometric,
    planar: integer(body, TAGS.planarConfiguration) === 1,
    ...bits,
    pixels,
    palette,
    modalityLut,
    scale: readScale(body, photometric),
    padding: readPadding(body, bits),
    seriesNumber: readNumber(body, TAGS.seriesNumber),
    instanceNumber: readNumber(body, TAGS.instanceNumber),
  };
}

type Bits = Pick<ImageHeader, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'signed' | 'floating'>;

function readBits(body: DataSet, pixelTag: number): Bits | null {
  if (pixelTag !== TAGS.pixels) {
    const bits = pixelTag === TAGS.floatPixels ? 32 : 64;
    return { bitsAllocated: bits, bitsStored: bits, highBit: bits - 1, signed: true, floating: true };
  }
  const bitsAllocated = integer(body, TAGS.bitsAllocated) ?? 0;
  const bitsStored = integer(body, TAGS.bitsStored) ?? bitsAllocated;
  if (!(bitsAllocated >= 1 && bitsAllocated <= 32) && bitsAllocated !== 64) return null;
  if (bitsAllocated === 64 && bitsStored < 64) return null;
  if (bitsStored < 1 || bitsStored > bitsAllocated) return null;
  const given = integer(body, TAGS.highBit) ?? bitsStored - 1;
  const highBit = given < bitsAllocated && given >= bitsStored - 1 ? given : bitsStored - 1;
  const signed = integer(body, TAGS.pixelRepresentation) === 1;
  return { bitsAllocated, bitsStored, highBit, signed, floating: false };
}

/** An integer string (PS3.5 6.2, IS). */
function readNumber(body: DataSet, tag: number): number | null {
  const value = decimal(body, tag);
  return value !== null && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : null;
}

/** Modality LUT Sequence (PS3.3 C.11.1); floating point pixels have none. */
function readModalityLut(body: DataSet, { signed, floating }: Bits): Lut | null | 'damaged' {
  const sequence = item(body, TAGS.modalityLuts);
  // Some writers put an empty item there.
  if (!sequence?.elements.get(TAGS.lutDescriptor)?.length || floating) return null;
  return readLut(sequence, TAGS.lutDescriptor, TAGS.lutData, signed) ?? 'damaged';
}

/**
 * Rescale slope and intercept of each frame: from its functional groups, the shared groups (Pixel Value
 * Transformation, PS3.3 C.7.6.16.2.9), or the data set; 1 and 0 if absent or invalid. MONOCHROME1 shows its lowest
 * value white: both are negated here, so that high is bright in every frame that leaves this folder.
 */
function readScale(body: DataSet, photometric: string): (frame: number) => Scale {
  const polarity = photometric === 'MONOCHROME1' ? -1 : 1;
  const group = frameGroup(body, TAGS.valueTransformations);
  return (frame) => {
    const source = group(frame);
    const slope = decimal(source, TAGS.rescaleSlope) || 1;
    const intercept = decimal(source, TAGS.rescaleIntercept) ?? 0;
    return { slope: polarity * slope, intercept: polarity * intercept };
  };
}

/**
 * Pixel Padding Value and Range Limit (PS3.3 C.7.5.1.1.2), as stored values: signed if the pixels are. Floating
 * point pixels have elements of their own (C.7.6.24, C.7.6.25).
 */
function readPadding(body: DataSet, { signed, floating, bitsAllocated }: Bits): ImageHeader['padding'] {
  const wide = bitsAllocated === 64;
  const [valueTag, limitTag] = !floating
    ? [TAGS.paddingValue, TAGS.paddingRangeLimit]
    : wide
      ? [TAGS.doublePadding, TAGS.doublePaddingLimit]
      : [TAGS.floatPadding, TAGS.floatPaddingLimit];
  const read = (tag: number) => {
    if (floating) return real(body, tag, wide);
    const word = integer(body, tag);
    return word !== null && signed ? (word << 16) >> 16 : word;
  };
  const value = read(valueTag);
  if (value === null || Number.isNaN(value)) return null;
  const limit = read(limitTag) ?? value;
  return { low: Math.min(value, limit), high: Math.max(value, limit) };
}
