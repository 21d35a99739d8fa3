/** Pixels of one frame as stored numbers, and reduced to one channel (PS3.5 section 8, PS3.3 C.7.6.3). */

import { type BitLayout, significantBits, unpackBits, unpackNumbers } from '../bytes/bits.ts';
import { type NumberKind, type Numbers, readNumbers } from '../bytes/numbers.ts';
import { chooseCodec, codecByMarkers } from '../codecs/choice.ts';
import { jpeg } from '../codecs/jpeg.ts';
import type { CodedImage, Promised } from '../codecs/types.ts';
import { type ColorLayout, channel, luminance } from '../image/luminance.ts';
import { isSkip, type Skip } from '../skip.ts';
import { type DataSet, type Dicom, note } from './dataSet.ts';
import { decodeEitherWay } from './exchanged.ts';
import { frameFragments } from './fragments.ts';
import type { ImageHeader } from './header.ts';
import { chooseOrder, type Order, orderedBits } from './order.ts';
import { UNDEFINED_LENGTH } from './tags.ts';

/** A frame as stored: gray or indices, red, green and blue, or luminance and two colour differences. */
export type Samples = ColorLayout & { values: Numbers; rgb: boolean };

/** Reads a frame by its index. */
export type SampleReader = (index: number) => Samples | Skip | Promise<Samples | Skip>;

/**
 * A Skip if the pixels cannot be what the header says. `channels: 'one'` is for callers of `oneChannel`: colours that
 * luminance does not need are not even decoded where that saves time.
 */
export function sampleReader(
  file: Dicom,
  header: ImageHeader,
  channels: 'all' | 'one' = 'all',
): SampleReader | Skip {
  const { body } = file;
  const { start, length } = header.pixels;
  const promised = { ...header, luminance: channels === 'one' };
  if (length !== UNDEFINED_LENGTH) {
    const stream = body.bytes.subarray(start, start + length);
    if (isBareStream(stream, file, header)) {
      note(body, 'no-fragments');
      return () => readCoded(stream, file, header, promised);
    }
    return nativeReader(file, header);
  }
  if (header.floating) return { code: 'pixel-layout', detail: 'compressed floating point numbers' };
  const fragments = frameFragments(body, start, header.frames);
  if (isSkip(fragments)) return fragments;
  return (index) => {
    const bytes = fragments(index);
    return isSkip(bytes) ? bytes : readCoded(bytes, file, header, promised);
  };
}

/** A compressed stream of one frame, stored without fragments. */
function isBareStream(stream: Uint8Array, { syntax }: Dicom, header: ImageHeader): boolean {
  if (header.floating || header.frames > 1 || (!syntax.codec && stream.length >= nativeBytes(header)))
    return false;
  return codecByMarkers(stream) !== null;
}

/** The luminance of YBR is its first sample (PS3.3 C.7.6.3.1.2). */
export function oneChannel({ values, samples, planar, rgb }: Samples, header: ImageHeader): Numbers {
  const pixels = header.rows * header.columns;
  if (samples === 1) return header.palette ? header.palette.gray(values) : values;
  if (rgb) return luminance(values, pixels, { samples, planar });
  return planar ? values.subarray(0, pixels) : channel(values, pixels, 0, samples);
}

/** Bytes that native pixel data needs. */
function nativeBytes(header: ImageHeader): number {
  return Math.ceil((header.frames * frameBits(header)) / 8);
}

/**
 * Native pixel data. If the element is too short for all frames, the complete ones are read, unless the header declares
 * more than twice as many.
 */
function nativeReader({ body, syntax }: Dicom, header: ImageHeader): SampleReader | Skip {
  const { length } = header.pixels;
  const frameBytes = Math.ceil(frameBits(header) / 8);
  if (length < frameBytes || length < nativeBytes(header) / 2) {
    return syntax.codec
      ? { code: 'malformed', detail: 'compressed pixels without fragments' }
      : { code: 'truncated' };
  }
  const spare = length - nativeBytes(header);
  // Uncommon bit depths are accepted if the length of the pixel data matches exactly.
  if (isPacked(header) && spare !== 0 && spare !== nativeBytes(header) % 2)
    return { code: 'pixel-layout', detail: 'bits per pixel' };
  if (syntax.codec) note(body, 'native-pixels');
  if (spare < 0 || spare >= frameBytes) note(body, 'frame-count');
  if (isHalvable(header) && !isSubsampled(header)) note(body, 'other-colors');
  const order = chooseOrder(body, header, frameBits(header));
  return (index) => readNative(body, header, order, index);
}

/** Frame `index` of native pixel data. */
function readNative(body: DataSet, header: ImageHeader, order: Order, index: number): Samples | Skip {
  const { pixels, bitsAllocated, samples, planar, photometric } = header;
  const bits = frameBits(header);
  if (Math.ceil(((index + 1) * bits) / 8) > pixels.length) {
    return { code: 'truncated', detail: 'fewer pixels than frames' };
  }
  const layout = { samples, planar: samples > 1 && planar, rgb: photometric === 'RGB' };
  const { bytes, start, littleEndian } = orderedBits(body, pixels, order, {
    first: index * bits,
    count: bits,
  });
  if (bitsAllocated === 1) return { ...layout, values: unpackBits(bytes, start, bits) };
  if (isPacked(header)) {
    const values = significantBits(unpackNumbers(bytes, start, bits / bitsAllocated, bitsAllocated), header);
    return isSubsampled(header)
      ? { code: 'pixel-layout', detail: 'subsampled colours' }
      : { ...layout, values };
  }
  const stored = readNumbers(bytes, start / 8, bits / bitsAllocated, kindOf(header), littleEndian);
  if (isSubsampled(header))
    return { ...layout, planar: false, values: expandPairs(stored, header.rows * header.columns) };
  const isWhole = header.floating || bitsAllocated === 64;
  return { ...layout, values: isWhole ? stored : significantBits(stored, header) };
}

/** One compressed frame, decoded by the codec that its own markers name. */
async function readCoded(
  bytes: Uint8Array,
  { body, syntax }: Dicom,
  header: ImageHeader,
  promised: Promised,
): Promise<Samples | Skip> {
  const codec = chooseCodec(bytes, syntax.codec, promised);
  if (!codec) return { code: 'transfer-syntax', detail: 'compressed pixels of an unknown kind' };
  const image = await decodeEitherWay(codec, bytes, promised);
  if (isSkip(image)) return image;
  if (codec !== syntax.codec && !syntax.deviation) note(body, 'other-codec');
  // From colours, JPEG can decode luminance alone, if only that is requested.
  if (codec !== jpeg && image.samples !== header.samples) note(body, 'other-colors');
  if (image.deviation) note(body, image.deviation);
  const { values, samples, planar } = image;
  const rgb = image.rgb || header.photometric === 'RGB';
  return { values: significantBits(values, codedBits(image, header)), samples, planar, rgb };
}

/**
 * Clears unused bits of decoded words. A stream may hold whole words with arbitrary unused bits: the header says which
 * are used (PS3.5 8.1.1). Streams with fewer bits than are stored can't exceed their own precision, and numbers of a
 * lossy stream slightly beyond the stored bits must not wrap; for these only a sign is extended if the header has it.
 */
function codedBits({ values, precision, lossy }: CodedImage, header: ImageHeader): BitLayout {
  const { bitsStored, highBit, signed } = header;
  if (precision === null) return header;
  const hasSign = values instanceof Int8Array || values instanceof Int16Array;
  if (precision <= bitsStored || (lossy && (hasSign || !signed))) {
    return { bitsStored: precision, highBit: precision - 1, signed };
  }
  return { bitsStored, highBit: highBit < precision ? highBit : bitsStored - 1, signed };
}

/**
 * YBR_FULL_422 shares the colours of two pixels: Y Y Cb Cr. Some writers declare it and store all three samples,
 * which the length shows.
 */
function isSubsampled({ photometric, rows, columns, frames, pixels, bitsAllocated }: ImageHeader): boolean {
  const complete = (frames * rows * columns * 3 * bitsAllocated) / 8;
  return isHalvable({ photometric }) && pixels.length < complete;
}

function isHalvable({ photometric }: Pick<ImageHeader, 'photometric'>): boolean {
  return photometric.endsWith('_422');
}

/** Expands to Y Cb Cr for every pixel. */
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

/** Numbers that don't begin on bytes or have no typed array: ACR-NEMA's 12 bits, and 24. */
function isPacked({ bitsAllocated }: ImageHeader): boolean {
  return ![1, 8, 16, 32, 64].includes(bitsAllocated);
}

function kindOf({ floating, bitsAllocated, signed }: ImageHeader): NumberKind {
  if (floating) return bitsAllocated === 32 ? 'float32' : 'float64';
  if (bitsAllocated === 64) return signed ? 'int64' : 'uint64';
  const width = bitsAllocated === 8 ? 8 : bitsAllocated === 16 ? 16 : 32;
  return `${signed ? 'int' : 'uint'}${width}`;
}
