/**
 * PNG: every bit depth, colour as luminance, alpha ignored (as OpenCV's IMREAD_GRAYSCALE), no gamma. Chunks
 * that don't affect pixels (text, profiles, times) are never read. https://www.w3.org/TR/png-3/
 */

import { inflateInPlace, join } from '../bytes/inflate.ts';
import { type Inflater, releaseInflater } from '../bytes/inflater.ts';
import type { Numbers } from '../bytes/numbers.ts';
import { isColourful } from '../image/colourful.ts';
import type { Frame } from '../image/frame.ts';
import { luminance } from '../image/luminance.ts';
import { checkSize, inThousands } from '../image/size.ts';
import { isSkip, type Skip } from '../skip.ts';
import { frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { FORMAT_META } from './meta.ts';
import { type PngPass, passes, unpackBits } from './scanlines.ts';
import type { Format } from './types.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** PNG colour type → samples per pixel and allowed bit depths. */
const COLOR_TYPES: Record<number, { samples: number; depths: readonly number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
const PALETTE = 3;
/** Zeros above the first line, beyond its own bytes. */
const ABOVE_BYTES = 16;

type Header = {
  columns: number;
  rows: number;
  depth: number;
  colorType: number;
  samples: number;
  interlaced: boolean;
};
/** `pictures`: more than one if it is animated. */
type Chunks = { header: Header; palette: Uint8Array | null; data: Uint8Array; pictures: number };

export const png: Format = {
  meta: FORMAT_META.png,

  sniff: (head) => SIGNATURE.every((byte, i) => head[i] === byte),

  async decode(bytes, context) {
    const chunks = readChunks(bytes);
    if (isSkip(chunks)) return chunks;
    const { rows, columns, depth, colorType } = chunks.header;
    return {
      identity: NO_IDENTITY,
      facts: plainFacts('png', {
        rows,
        columns,
        bits: depth,
        signed: false,
        photometric: colorType === PALETTE ? 'PALETTE COLOR' : colorType & 2 ? 'RGB' : 'MONOCHROME2',
      }),
      frameCount: 1,
      left: chunks.pictures > 1 ? { code: 'pixel-layout', detail: leftPictures(chunks.pictures) } : null,
      frames: () =>
        frameStream(1, context, () => {
          const pixels = decodePixels(chunks, context.heading ?? false);
          releaseInflater();
          if (isSkip(pixels)) return pixels;
          return { index: 0, rows, columns, ...pixels, slope: 1, intercept: 0, instanceNumber: null };
        }),
    };
  },
};

function leftPictures(pictures: number): string {
  return `the first of ${inThousands(pictures)} pictures of an animation was read`;
}

function readChunks(bytes: Uint8Array): Chunks | Skip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: Header | null = null;
  let palette: Uint8Array | null = null;
  const data: Uint8Array[] = [];
  let dataBytes = 0;
  let pictures = 1;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const start = at + 8;
    if (start + length + 4 > bytes.length) return { code: 'truncated' };
    const body = bytes.subarray(start, start + length);
    if (type === 'IHDR') {
      const read = readHeader(body);
      if (isSkip(read)) return read;
      header = read;
    } else if (type === 'PLTE') {
      palette = body;
    } else if (type === 'IDAT') {
      data.push(body);
      dataBytes += length;
    } else if (type === 'acTL' && length >= 4) {
      pictures = Math.max(1, view.getUint32(start));
    } else if (type === 'IEND') {
      break;
    }
    at = start + length + 4;
  }
  if (!header) return { code: 'malformed', detail: 'no header' };
  if (!dataBytes) return { code: 'truncated' };
  return { header, palette, data: data.length === 1 ? data[0] : join(data, dataBytes), pictures };
}

function readHeader(body: Uint8Array): Header | Skip {
  if (body.length < 13) return { code: 'malformed', detail: 'header' };
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const columns = view.getUint32(0);
  const rows = view.getUint32(4);
  const [depth, colorType, compression, filter, interlace] = body.subarray(8, 13);
  const type = Object.hasOwn(COLOR_TYPES, colorType) ? COLOR_TYPES[colorType] : null;
  if (!type?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) {
    return { code: 'malformed', detail: 'header' };
  }
  return (
    checkSize(rows, columns, 1, Math.ceil((type.samples * depth) / 8)) ?? {
      columns,
      rows,
      depth,
      colorType,
      samples: type.samples,
      interlaced: interlace === 1,
    }
  );
}

/** @param asked whether it is looked for colours */
function decodePixels(
  { header, palette, data }: Chunks,
  asked: boolean,
): Pick<Frame, 'values' | 'colourful'> | Skip {
  const { rows, columns, depth, colorType, samples, interlaced } = header;
  const parts = passes(rows, columns, interlaced).map((pass) => ({
    ...pass,
    rowBytes: Math.ceil((pass.columns * samples * depth) / 8),
  }));
  // Each scan line is one filter byte and its pixels.
  const size = parts.reduce((sum, part) => sum + part.rows * (part.rowBytes + 1), 0);
  const zeros = Math.max(...parts.map((part) => part.rowBytes)) + ABOVE_BYTES;
  // Some writers add a few bytes; libpng accepts that.
  const lines = inflateInPlace(data, 'zlib', size + 2 ** 20, zeros);
  if (isSkip(lines)) return lines;
  if (lines.length < size) return { code: 'truncated' };

  const { module, at } = lines;
  const pixelBytes = Math.max(1, (samples * depth) / 8);
  const memory = new Uint8Array(module.memory.buffer);
  // A single pass of whole bytes needs no move.
  const whole = interlaced || depth < 8 ? new Uint8Array(rows * columns * pixelBytes) : null;
  let from = at;
  for (const part of parts) {
    if (!module.unfilter(from, part.rows, part.rowBytes, pixelBytes, lines.zeros))
      return { code: 'malformed', detail: 'scan line filter' };
    const raw = memory.subarray(from, from + part.rows * part.rowBytes);
    if (whole) place(whole, columns, depth < 8 ? unpackBits(raw, part, depth) : raw, part, pixelBytes);
    from += part.rows * (part.rowBytes + 1);
  }
  if (whole) memory.set(whole, at);
  const pixels = rows * columns;
  const inColour = asked && samples > 2 && depth === 8;
  const colourful =
    inColour && isColourful(memory.subarray(at, at + pixels * samples), pixels, { samples, planar: false });
  const numbers = oneChannel(module, at, pixels, header);
  if (colorType !== PALETTE) return inColour ? { values: numbers, colourful } : { values: numbers };
  if (!palette) return { code: 'malformed', detail: 'palette' };
  const found = asked ? { colourful: isColourful(coloursOf(numbers, palette), pixels, RGB) } : {};
  return { values: lookUp(numbers, palette), ...found };
}

const RGB = { samples: 3, planar: false };

/** Red, green and blue of palette indices. */
function coloursOf(indices: Numbers, palette: Uint8Array): Uint8Array {
  const colours = new Uint8Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++)
    colours.set(palette.subarray(indices[i] * 3, indices[i] * 3 + 3), i * 3);
  return colours;
}

/** Luminance, or the gray of a pair with alpha, of the pixels at `at`. */
function oneChannel(module: Inflater, at: number, pixels: number, { depth, samples }: Header): Numbers {
  const isWide = depth === 16;
  if (isWide) module.swap16(at, pixels * samples * 2);
  if (samples === 2) module[isWide ? 'first16' : 'first8'](at, pixels);
  else if (samples > 2) module[isWide ? 'gray16' : 'gray8'](at, pixels, samples);
  const { buffer } = module.memory;
  return isWide ? new Uint16Array(buffer, at, pixels).slice() : new Uint8Array(buffer, at, pixels).slice();
}

/** Copies a pass's pixels to their positions in the image. */
function place(whole: Uint8Array, columns: number, raw: Uint8Array, pass: PngPass, pixelBytes: number): void {
  if (pass.stepX === 1 && pass.stepY === 1) {
    whole.set(raw);
    return;
  }
  for (let y = 0, from = 0; y < pass.rows; y++) {
    const row = (pass.startY + y * pass.stepY) * columns;
    for (let x = 0; x < pass.columns; x++) {
      const to = (row + pass.startX + x * pass.stepX) * pixelBytes;
      for (let byte = 0; byte < pixelBytes; byte++) whole[to + byte] = raw[from++];
    }
  }
}

/** Palette indices to luminance, in place; indices beyond the palette are black. */
function lookUp(indices: Numbers, palette: Uint8Array): Numbers {
  const colors = Math.floor(palette.length / 3);
  const table = new Uint8Array(256);
  table.set(luminance(palette, colors, { samples: 3, planar: false }).subarray(0, 256));
  for (let i = 0; i < indices.length; i++) indices[i] = table[indices[i]];
  return indices;
}
