/** DICOM and NIfTI files of many makers against pixels decoded by pydicom, gdcm, dcmtk and nibabel. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CODECS } from '../../../src/core/dicom/codecs/index.ts';
import type { CodecName } from '../../../src/core/dicom/codecs/types.ts';
import type { Dicom } from '../../../src/core/dicom/dataset.ts';
import { frameFragments } from '../../../src/core/dicom/fragments.ts';
import { type ImageHeader, readHeader } from '../../../src/core/dicom/header.ts';
import { parse } from '../../../src/core/dicom/parse.ts';
import type { Skip } from '../../../src/core/errors.ts';
import { decodeFile, openFile } from '../../../src/core/formats/decode.ts';
import { openImage } from '../../../src/core/formats/dicom.ts';
import { type Decoded, isSkip, type Numbers } from '../../../src/core/formats/types.ts';
import { hasShared, openShared } from '../../make/shared.ts';

type Stored = {
  shape: number[];
  dtype: string;
  sha256: string;
  samples: number[];
  min: number;
  max: number;
  mean: number;
};
type DicomEntry = {
  file: string;
  pi: string;
  spp: string;
  ref: { status: 'ok' | 'no_pixel_data' | 'undecodable_by_reference'; stored?: Stored; lossy_ts?: boolean };
};
type NiftiEntry = {
  file: string;
  shape: number[];
  min?: number;
  max?: number;
  mean?: number;
  samples?: number[];
};

/** Where we differ on purpose. */
const DIFFERENT: Record<string, string | null> = {
  // The only fragment is no JPEG but bare pixels.
  'fodicom/genFile.dcm': 'malformed',
  // Tiles at the edge are smaller than the header says; the whole ones are decoded.
  'fodicom/multiframe.dcm': 'malformed',
  // The size in the stream itself was overwritten.
  'pydicom-src/JPEG2000-embedded-sequence-delimiter.dcm': 'malformed',
  // Deflated Image Frame Compression, segmented palettes: not supported.
  'pydicom-data/liver_deflate.dcm': 'transfer-syntax',
  'pydicom-data/liver_nonbyte_aligned_deflate.dcm': 'transfer-syntax',
  'dtf-pydicom/gdcm-US-ALOKA-16.dcm': 'pixel-layout',
  'dtf-pydicom/gdcm-US-ALOKA-16_big.dcm': 'pixel-layout',
  // The stream says YCbCr (JFIF, subsampled), the header RGB: the reference believes the header, we the stream.
  'fodicom/GH195.dcm': null,
  // 15 bits stored and signed: the reference leaves the sign where it is, PS3.5 8.1.1 extends it.
  'pydicom-data/JLSL_16_15_1_1F.dcm': null,
  // Values that need more than Bits Stored: the reference keeps the bits above, PS3.5 8.1.1 drops them.
  'dtf-pydicom/mlut_18.dcm': null,
};

const ARRAYS: Record<string, new (length: number) => Exclude<Numbers, never>> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

const archive = new Map(hasShared('conformance.zip') ? openShared('conformance.zip') : []);

function json<T>(name: string): T[] {
  const bytes = archive.get(name);
  return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as T[]) : [];
}

function bytesOf(file: string): Uint8Array {
  const bytes = archive.get(file);
  if (!bytes) throw new Error('not in the archive');
  return bytes;
}

function opened(file: string): { dicom: Dicom; image: Decoded } | Skip {
  const dicom = parse(bytesOf(file));
  if (isSkip(dicom)) return dicom;
  // Segmentations too, which decodeFile leaves out for being none of the modalities.
  const image = openImage(dicom, {});
  return isSkip(image) ? image : { dicom, image };
}

const entries = json<DicomEntry>('reference_dicom.json');
const withPixels = entries.filter(({ ref }) => ref.status === 'ok');

describe.runIf(archive.size > 0)('DICOM', () => {
  const same = withPixels.filter(({ file }) => DIFFERENT[nameOf(file)] === undefined);

  test.each(same)('$file has the pixels of the reference', async ({ file, spp, pi, ref }) => {
    const found = opened(file);
    if (isSkip(found)) throw new Error(`${found.code} ${found.detail}`);
    const stored = ref.stored as Stored;
    const { dicom, image } = found;
    const codec = dicom.syntax.codec;
    if (spp === '3' && codec) {
      compare(await codedColors(dicom, codec, stored), stored, ref.lossy_ts ?? false);
      return;
    }
    const gray = await allFrames(image, new ARRAYS[stored.dtype](size(stored.shape)));
    // Palettes and native colours are luminance here: the goldens hold their values.
    if (spp !== '3' && pi !== 'PALETTE COLOR') compare(gray, stored, ref.lossy_ts ?? false);
  });

  test.each(withPixels.filter(({ file }) => typeof DIFFERENT[nameOf(file)] === 'string'))(
    '$file is refused by name',
    async ({ file }) => {
      const codes = new Set<string>();
      for await (const result of decodeFile(bytesOf(file), { antialias: false })) {
        if (isSkip(result)) codes.add(result.code);
      }
      const found = opened(file);
      if (isSkip(found)) codes.add(found.code);
      expect(codes).toContain(DIFFERENT[nameOf(file)]);
    },
  );

  test.each(entries.filter(({ ref }) => ref.status === 'no_pixel_data'))(
    '$file ends in slices or a named skip, as it has no pixels for the reference',
    async ({ file }) => {
      const results = [];
      for await (const result of decodeFile(bytesOf(file), { antialias: false })) results.push(result);
      // One of them lacks only the delimiter behind its last frame.
      if (file.endsWith('too_short.dcm')) expect(results).toHaveLength(10);
      else
        expect(results).toEqual([
          expect.objectContaining({ code: expect.stringMatching(/dicom-no-pixels|truncated|not-an-image/) }),
        ]);
    },
  );
});

describe.runIf(archive.size > 0)('NIfTI', () => {
  test.each(json<NiftiEntry>('reference_nifti.json'))(
    '$file has the values of the reference',
    async (entry) => {
      const image = await openFile(bytesOf(entry.file), {});
      if (entry.shape[1] === 1) {
        expect(image).toMatchObject({ code: 'pixel-layout' });
        return;
      }
      if (isSkip(image)) throw new Error(image.code);
      const values = new Float64Array(size(entry.shape));
      let at = 0;
      for await (const frame of image.frames()) {
        if (isSkip(frame)) throw new Error(frame.code);
        for (let i = 0; i < frame.values.length; i++)
          values[at++] = frame.values[i] * frame.slope + frame.intercept;
      }
      expect(at).toBe(values.length);
      // Colour and complex numbers have no reference.
      if (!entry.samples) return;
      const last = entry.samples.length - 1;
      entry.samples.forEach((expected, k) => {
        expect(values[Math.floor((k * (values.length - 1)) / last)]).toBeCloseTo(expected, 6);
      });
      expect(values.reduce((low, value) => Math.min(low, value))).toBeCloseTo(entry.min as number, 6);
      expect(values.reduce((high, value) => Math.max(high, value))).toBeCloseTo(entry.max as number, 6);
      expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(entry.mean as number, 6);
    },
  );
});

async function allFrames(image: Decoded, values: Numbers): Promise<Numbers> {
  let at = 0;
  for await (const frame of image.frames()) {
    if (isSkip(frame)) throw new Error(`${frame.code} ${frame.detail}`);
    values.set(frame.values, at);
    at += frame.values.length;
  }
  return values;
}

/** The colours as the codec gives them, pixel by pixel. */
async function codedColors({ body }: Dicom, codec: CodecName, { dtype, shape }: Stored): Promise<Numbers> {
  const header = readHeader({ body } as Dicom) as ImageHeader;
  const fragments = frameFragments(body, header.pixels.start, header.frames);
  if (isSkip(fragments)) throw new Error(fragments.code);
  const all = new ARRAYS[dtype](size(shape));
  const pixels = header.rows * header.columns;
  for (let frame = 0; frame < header.frames; frame++) {
    const coded = await CODECS[codec].decode(fragments(frame), header);
    if (isSkip(coded)) throw new Error(`${coded.code} ${coded.detail}`);
    const from = frame * pixels * 3;
    for (let i = 0; i < pixels * 3; i++) {
      all[from + i] = coded.values[coded.planar ? (i % 3) * pixels + Math.floor(i / 3) : i];
    }
  }
  return all;
}

function compare(values: Numbers, stored: Stored, lossy: boolean): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (createHash('sha256').update(bytes).digest('hex') === stored.sha256) return;
  // Decoders of lossy streams may round differently.
  expect(lossy).toBe(true);
  const last = stored.samples.length - 1;
  stored.samples.forEach((expected, k) => {
    const actual = values[Math.floor((k * (values.length - 1)) / last)];
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1);
  });
  let sum = 0;
  for (const value of values) sum += value;
  expect(Math.abs(sum / values.length - stored.mean)).toBeLessThan(0.02);
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function nameOf(file: string): string {
  return file.replace('dicom/', '');
}
