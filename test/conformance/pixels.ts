/** Stored values of a file and whether they are those of a reference. */
import { createHash } from 'node:crypto';
import type { Numbers } from '../../src/core/bytes/numbers.ts';
import { type ImageHeader, readHeader } from '../../src/core/dicom/header.ts';
import { lookUp } from '../../src/core/dicom/lut.ts';
import { parse } from '../../src/core/dicom/parse.ts';
import { type Samples, sampleReader } from '../../src/core/dicom/pixels.ts';
import { isSkip, type Skip } from '../../src/core/skip.ts';

/** What a reference says of an array: hash of its little-endian bytes, and up to 256 values evenly spread. */
export type Reference = {
  shape: number[];
  dtype: string;
  sha256: string;
  samples: number[];
  mean: number;
};

export type Stored = { header: ImageHeader; shape: number[]; values: Numbers };

const ARRAYS: Readonly<Record<string, new (length: number) => Numbers>> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** Mean difference of two decoders of a lossy stream. */
const LOSSY_MEAN = 0.02;

/** Every frame as stored, colours side by side, in numbers of the reference's type. */
export async function storedPixels(bytes: Uint8Array, dtype: string): Promise<Stored | Skip> {
  const file = parse(bytes);
  if (isSkip(file)) return file;
  const header = readHeader(file);
  if (isSkip(header)) return header;
  const read = sampleReader(file, header);
  if (isSkip(read)) return read;
  const { frames, rows, columns, samples } = header;
  const size = rows * columns * samples;
  const values = new ARRAYS[dtype](frames * size);
  for (let frame = 0; frame < frames; frame++) {
    const image = await read(frame);
    if (isSkip(image)) return image;
    if (image.samples !== samples) return { code: 'malformed', detail: 'samples per pixel' };
    values.set(interleaved(image, rows * columns), frame * size);
  }
  const shape = [...(frames > 1 ? [frames] : []), rows, columns, ...(samples > 1 ? [samples] : [])];
  return { header, shape, values };
}

function interleaved({ values, samples, planar }: Samples, pixels: number): Numbers {
  if (!planar) return values;
  return values.map((_, i) => values[(i % samples) * pixels + Math.floor(i / samples)]);
}

/** Red, green and blue of the indices of a palette image. */
export function paletteColors({ header: { palette }, values }: Stored, dtype: string): Numbers | null {
  if (!palette) return null;
  const out = new ARRAYS[dtype](3 * values.length);
  palette.channels.forEach(({ entries }, c) => {
    const colors = lookUp(values, palette.channels[0].first, entries);
    for (let i = 0; i < colors.length; i++) out[3 * i + c] = colors[i];
  });
  return out;
}

export function sha256(values: Numbers): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}

/** null where equal; for lossy streams, where no sample is more than one level off and the means agree. */
export function difference(values: Numbers, reference: Reference, lossy: boolean): string | null {
  if (sha256(values) === reference.sha256) return null;
  const { samples, mean } = reference;
  const spread = (values.length - 1) / Math.max(1, samples.length - 1);
  const levels = samples.map((sample, k) => Math.abs(values[Math.floor(k * spread)] - sample));
  const worst = Math.max(...levels);
  let sum = 0;
  for (const value of values) sum += value;
  const off = Math.abs(sum / values.length - mean);
  if (lossy && worst <= 1 && off < LOSSY_MEAN) return null;
  const share = levels.filter((level) => level > 0).length / levels.length;
  return `${(100 * share).toFixed(1)} % of the sampled values differ, by up to ${worst}; means by ${off.toPrecision(3)}`;
}
