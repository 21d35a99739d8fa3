/** Pixels of one frame as stored numbers, and as one channel of them (PS3.5 section 8, PS3.3 C.7.6.3). */
import type { Skip } from '../errors.ts';
import { type NumberKind, readNumbers } from '../formats/numbers.ts';
import { isSkip, type Numbers } from '../formats/types.ts';
import { type ColorLayout, channel, luminance } from '../image/luminance.ts';
import { significantBits, unpackBits } from './bits.ts';
import type { Codec, Promised } from './codecs/types.ts';
import type { DataSet, Dicom } from './dataset.ts';
import { frameFragments } from './fragments.ts';
import type { ImageHeader } from './header.ts';
import { UNDEFINED_LENGTH } from './tags.ts';

/** A frame as stored: gray or indices, red, green and blue, or luminance and two colour differences. */
export type Samples = ColorLayout & { values: Numbers; rgb: boolean };

/** Frame by number. */
export type SampleReader = (index: number) => Samples | Skip | Promise<Samples | Skip>;

/**
 * A Skip where the pixels cannot be what the header says. `channels: 'one'` is for those who ask `oneChannel`: colours
 * that luminance does not need are not even decoded where that saves time.
 */
export function sampleReader(
  { body, syntax }: Dicom,
  header: ImageHeader,
  channels: 'all' | 'one' = 'all',
): SampleReader | Skip {
  const { start, length } = header.pixels;
  const { codec } = syntax;
  if (length !== UNDEFINED_LENGTH) {
    if (codec) return { code: 'malformed', detail: 'compressed pixels without fragments' };
    if (length < nativeBytes(header)) return { code: 'truncated' };
    return (index) => readNative(body, header, index);
  }
  if (!codec)
    return { code: 'transfer-syntax', detail: 'compressed pixels in an uncompressed transfer syntax' };
  if (header.floating) return { code: 'pixel-layout', detail: 'compressed floating point numbers' };
  const fragments = frameFragments(body, start, header.frames);
  if (isSkip(fragments)) return fragments;
  const promised = { ...header, luminance: channels === 'one' };
  return (index) => readCoded(fragments(index), header, promised, codec);
}

/** The luminance of YBR is its first sample (PS3.3 C.7.6.3.1.2). */
export function oneChannel({ values, samples, planar, rgb }: Samples, header: ImageHeader): Numbers {
  const pixels = header.rows * header.columns;
  if (samples === 1) return header.palette ? header.palette.gray(values) : values;
  if (rgb) return luminance(values, pixels, { samples, planar });
  return planar ? values.subarray(0, pixels) : channel(values, pixels, 0, samples);
}

/** Bytes that natively written pixels need. */
function nativeBytes(header: ImageHeader): number {
  return Math.ceil((header.frames * frameBits(header)) / 8);
}

/** Frame `index` of native pixel data; the caller has checked that all of it is there. */
function readNative({ bytes, littleEndian }: DataSet, header: ImageHeader, index: number): Samples {
  const { pixels, bitsAllocated, samples, planar, photometric } = header;
  const bits = frameBits(header);
  const layout = { samples, planar: samples > 1 && planar, rgb: photometric === 'RGB' };
  if (bitsAllocated === 1)
    return { ...layout, values: unpackBits(bytes, pixels.start * 8 + index * bits, bits) };
  const start = pixels.start + (index * bits) / 8;
  const stored = readNumbers(bytes, start, bits / bitsAllocated, kindOf(header), littleEndian);
  if (isSubsampled(header))
    return { ...layout, planar: false, values: expandPairs(stored, header.rows * header.columns) };
  return { ...layout, values: header.floating ? stored : significantBits(stored, header) };
}

/** One compressed frame. */
async function readCoded(
  bytes: Uint8Array,
  header: ImageHeader,
  promised: Promised,
  codec: Codec,
): Promise<Samples | Skip> {
  const image = await codec.decode(bytes, promised);
  if (isSkip(image)) return image;
  const { values, samples, precision, planar } = image;
  const { signed, photometric } = header;
  const layout = precision === null ? header : { bitsStored: precision, highBit: precision - 1, signed };
  const rgb = image.rgb || photometric === 'RGB';
  return { values: significantBits(values, layout), samples, planar, rgb };
}

/**
 * YBR_FULL_422 shares the colours of two pixels: Y Y Cb Cr. Some writers say so and store all three samples,
 * which the length tells.
 */
function isSubsampled({ photometric, rows, columns, frames, pixels, bitsAllocated }: ImageHeader): boolean {
  const complete = (frames * rows * columns * 3 * bitsAllocated) / 8;
  return photometric.endsWith('_422') && pixels.length < complete;
}

/** Y Cb Cr of every pixel. */
function expandPairs(stored: Numbers, pixels: number): Numbers {
  const out = new (stored.constructor as Uint8ArrayConstructor)(pixels * 3);
  for (let i = 0, to = 0; i < pixels; i++) {
    const pair = (i >> 1) * 4;
    out[to++] = stored[pair + (i & 1)];
    out[to++] = stored[pair + 2];
    out[to++] = stored[pair + 3];
  }
  return out;
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
