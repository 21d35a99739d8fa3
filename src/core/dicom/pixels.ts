/** Pixels of one frame as one channel of stored numbers (PS3.5 section 8, PS3.3 C.7.6.3). */
import type { Skip } from '../errors.ts';
import { type NumberKind, readNumbers } from '../formats/numbers.ts';
import { isSkip, type Numbers } from '../formats/types.ts';
import { type ColorLayout, channel, luminance } from '../image/luminance.ts';
import { significantBits, unpackBits } from './bits.ts';
import { CODECS } from './codecs/index.ts';
import type { CodecName } from './codecs/types.ts';
import type { DataSet } from './dataset.ts';
import type { ImageHeader } from './header.ts';

/** Three samples a pixel: red, green and blue, or luminance and two colour differences. */
type ColorSamples = ColorLayout & { rgb: boolean };

/** Bytes that natively written pixels need. */
export function nativeBytes(header: ImageHeader): number {
  return Math.ceil((header.frames * frameBits(header)) / 8);
}

/** Frame `index` of native pixel data; the caller has checked that all of it is there. */
export function readNative({ bytes, littleEndian }: DataSet, header: ImageHeader, index: number): Numbers {
  const { pixels, bitsAllocated, samples, planar, photometric } = header;
  const bits = frameBits(header);
  if (bitsAllocated === 1) return unpackBits(bytes, pixels.start * 8 + index * bits, bits);
  const start = pixels.start + (index * bits) / 8;
  const stored = readNumbers(bytes, start, bits / bitsAllocated, kindOf(header), littleEndian);
  if (isSubsampled(header)) return lumaOfPairs(stored, header.rows * header.columns);
  const values = header.floating ? stored : significantBits(stored, header);
  return oneChannel(values, header, { samples, planar, rgb: photometric === 'RGB' });
}

/** One compressed frame. */
export async function readCoded(
  bytes: Uint8Array,
  header: ImageHeader,
  codec: CodecName,
): Promise<Numbers | Skip> {
  const image = await CODECS[codec].decode(bytes, header);
  if (isSkip(image)) return image;
  const { values, samples, precision, planar } = image;
  const { signed, photometric } = header;
  const layout = precision === null ? header : { bitsStored: precision, highBit: precision - 1, signed };
  const rgb = image.rgb || photometric === 'RGB';
  return oneChannel(significantBits(values, layout), header, { samples, planar, rgb });
}

/** The luminance of YBR is its first sample (PS3.3 C.7.6.3.1.2). */
function oneChannel(
  values: Numbers,
  { rows, columns, palette }: ImageHeader,
  { samples, planar, rgb }: ColorSamples,
): Numbers {
  const pixels = rows * columns;
  if (samples === 1) return palette ? palette(values) : values;
  if (rgb) return luminance(values, pixels, { samples, planar });
  return planar ? values.subarray(0, pixels) : channel(values, pixels, 0, samples);
}

/**
 * YBR_FULL_422 shares the colours of two pixels: Y Y Cb Cr. Some writers say so and store all three samples,
 * which the length tells.
 */
function isSubsampled({ photometric, rows, columns, frames, pixels, bitsAllocated }: ImageHeader): boolean {
  const complete = (frames * rows * columns * 3 * bitsAllocated) / 8;
  return photometric.endsWith('_422') && pixels.length < complete;
}

function lumaOfPairs(stored: Numbers, pixels: number): Numbers {
  const luma = stored.slice(0, pixels);
  for (let i = 0; i < pixels; i++) luma[i] = stored[(i >> 1) * 4 + (i & 1)];
  return luma;
}

function frameBits(header: ImageHeader): number {
  const samples = isSubsampled(header) ? 2 : header.samples;
  return header.rows * header.columns * samples * header.bitsAllocated;
}

function kindOf({ floating, bitsAllocated, signed }: ImageHeader): NumberKind {
  if (floating) return bitsAllocated === 32 ? 'float32' : 'float64';
  const width = bitsAllocated === 8 ? 8 : bitsAllocated === 16 ? 16 : 32;
  return `${signed ? 'int' : 'uint'}${width}`;
}
