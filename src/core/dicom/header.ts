/** What the header says of the image, checked before a pixel is touched (PS3.3 C.7.6.3). */
import type { Skip } from '../errors.ts';
import { checkSize } from '../formats/frames.ts';
import type { Frame } from '../formats/types.ts';
import { type DataSet, type Dicom, decimal, type Element, integer, text } from './dataset.ts';
import { type Palette, readPalette } from './palette.ts';
import { TAGS } from './tags.ts';

/** Photometric interpretation → samples a pixel must have (PS3.3 C.7.6.3.1.2). */
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
  instanceNumber: number | null;
} & Pick<Frame, 'slope' | 'intercept' | 'padding'>;

export function readHeader({ body }: Dicom): ImageHeader | Skip {
  const pixelTag = [TAGS.pixels, TAGS.floatPixels, TAGS.doublePixels].find((tag) => body.elements.has(tag));
  const pixels = pixelTag && body.elements.get(pixelTag);
  if (!pixels) return { code: 'dicom-no-pixels' };

  const rows = integer(body, TAGS.rows) ?? 0;
  const columns = integer(body, TAGS.columns) ?? 0;
  // 0 and text are said by some single-frame writers.
  const frames = decimal(body, TAGS.numberOfFrames) || 1;
  if (rows > 65_535 || columns > 65_535) return { code: 'malformed', detail: 'image size' };
  const bad = checkSize(rows, columns, frames);
  if (bad) return bad;

  const samples = integer(body, TAGS.samplesPerPixel) ?? 1;
  const photometric = text(body, TAGS.photometric) || (samples === 1 ? 'MONOCHROME2' : 'RGB');
  if (!Object.hasOwn(SAMPLES, photometric) || SAMPLES[photometric] !== samples) {
    return { code: 'pixel-layout', detail: 'samples per pixel or photometric interpretation' };
  }
  const bits = readBits(body, pixelTag);
  if (!bits) return { code: 'pixel-layout', detail: 'bits per pixel' };

  const colored = photometric === 'PALETTE COLOR';
  const palette = colored ? readPalette(body, bits.signed) : null;
  if (colored && !palette) return { code: 'pixel-layout', detail: 'palette' };

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
    instanceNumber: readInstanceNumber(body),
    ...readScale(body, photometric),
    ...readPadding(body, bits),
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
  if (![1, 8, 16, 32].includes(bitsAllocated)) return null;
  if (bitsStored < 1 || bitsStored > bitsAllocated) return null;
  const given = integer(body, TAGS.highBit) ?? bitsStored - 1;
  const highBit = given < bitsAllocated && given >= bitsStored - 1 ? given : bitsStored - 1;
  const signed = integer(body, TAGS.pixelRepresentation) === 1;
  return { bitsAllocated, bitsStored, highBit, signed, floating: false };
}

function readInstanceNumber(body: DataSet): number | null {
  const value = decimal(body, TAGS.instanceNumber);
  return value !== null && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : null;
}

/**
 * Rescale slope and intercept; 1 and 0 where they are absent or no numbers. MONOCHROME1 shows its lowest value
 * white: both are negated here, so that high is bright in every frame that leaves this folder. Slopes that
 * differ per frame (functional groups) are positive and vanish in min-max, so they are not looked up.
 */
function readScale(body: DataSet, photometric: string): Pick<ImageHeader, 'slope' | 'intercept'> {
  const polarity = photometric === 'MONOCHROME1' ? -1 : 1;
  const slope = decimal(body, TAGS.rescaleSlope) || 1;
  const intercept = decimal(body, TAGS.rescaleIntercept) ?? 0;
  return { slope: polarity * slope, intercept: polarity * intercept };
}

/** Pixel Padding Value and Range Limit (PS3.3 C.7.5.1.1.2), as stored values: signed where the pixels are. */
function readPadding(body: DataSet, { signed, floating }: Bits): Pick<ImageHeader, 'padding'> {
  const value = integer(body, TAGS.paddingValue);
  if (value === null || floating) return {};
  const limit = integer(body, TAGS.paddingRangeLimit) ?? value;
  const [a, b] = [value, limit].map((word) => (signed ? (word << 16) >> 16 : word));
  return { padding: { low: Math.min(a, b), high: Math.max(a, b) } };
}
