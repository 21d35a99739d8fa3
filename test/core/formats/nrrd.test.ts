/** NRRD beyond what Teem writes: what its fields may say, and what is not read. */
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { nrrd } from '../../../src/core/formats/nrrd.ts';
import type { Decoded } from '../../../src/core/formats/types.ts';
import { random } from '../../../src/core/random.ts';
import { isSkip, type Skip } from '../../../src/core/skip.ts';
import { concat } from '../../builders/dicom.ts';
import { nrrdFile, nrrdHeader } from '../../builders/nrrd.ts';

const pixels = Uint8Array.from({ length: 24 }, (_, i) => i);
const text = (value: string) => new TextEncoder().encode(value);
const slices = [[...pixels.subarray(0, 12)], [...pixels.subarray(12)]];

async function valuesOf(decoded: Decoded | Skip): Promise<number[][] | Skip> {
  if (isSkip(decoded)) return decoded;
  const values: number[][] = [];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) return frame;
    values.push(Array.from(frame.values));
  }
  return values;
}

const read = async (fields: Record<string, string | number | null>, content: Uint8Array = pixels) =>
  valuesOf(await openFile(nrrdFile(fields, content), {}));

describe('in one file', () => {
  test('lines end as they do on Windows, too, and names of fields have blanks or none', async () => {
    const file = nrrdFile({ 'Byte Skip': 2 }, concat([text('##'), pixels]), '\r\n');
    expect(await valuesOf(await openFile(file, {}))).toEqual(slices);
    expect(await read({ byteskip: -1 }, concat([text('anything'), pixels]))).toEqual(slices);
  });

  test('lines are skipped before pixels are inflated, bytes after that', async () => {
    const stream = concat([text('one\ntwo\n'), gzipSync(concat([text('###'), pixels]))]);
    expect(await read({ encoding: 'gzip', 'line skip': 2, 'byte skip': 3 }, stream)).toEqual(slices);
  });

  test('what cannot be packed any smaller is inflated all the same', async () => {
    const packed = gzipSync(pixels);
    expect(packed.length).toBeGreaterThan(pixels.length);
    expect(await read({ encoding: 'gz' }, packed)).toEqual(slices);
  });

  test('a volume one pixel thin is an image of its other axes', async () => {
    expect(await read({ sizes: '1 6 4' })).toEqual([[...pixels]]);
  });

  test('without kinds, axes that have no direction in space count slices', async () => {
    const fields = { sizes: '2 4 3', 'space directions': 'none (1,0,0) (0,1,0)' };
    expect(await read(fields)).toEqual([0, 1].map((first) => slices.flat().filter((n) => n % 2 === first)));
  });

  test('time that varies fastest counts slices', async () => {
    const fields = { sizes: '2 4 3', kinds: 'time space space' };
    expect(await read(fields)).toEqual([0, 1].map((first) => slices.flat().filter((n) => n % 2 === first)));
  });

  test('axes are those of the image where their kinds leave none', async () => {
    expect(await read({ kinds: 'list list space' })).toEqual(slices);
  });

  test('of pixels that end early the whole slices are read; of scattered ones none is whole', async () => {
    const decoded = await openFile(nrrdFile({}, pixels.subarray(0, 23)), {});
    expect(decoded).toMatchObject({ frameCount: 1, left: { code: 'truncated' } });
    expect((decoded as Decoded).facts.deviations).toEqual(['cut-pixels']);
    const scattered = { sizes: '2 4 3', kinds: 'list space space' };
    expect(await read(scattered, pixels.subarray(0, 23))).toEqual({ code: 'truncated' });
    const { integer } = random(3);
    const noise = Uint8Array.from({ length: 80_000 }, () => integer(256));
    const stream = gzipSync(noise);
    const cut = await read({ encoding: 'gzip', sizes: '200 200 2' }, stream.subarray(0, stream.length * 0.8));
    expect(cut).toEqual([[...noise.subarray(0, 40_000)]]);
  });
});

describe('what is not read is named:', () => {
  const list = { 'data file': 'LIST', type: 'short' };
  test.each<[string, Record<string, string | number | null>, Skip]>([
    ['bzip2', { encoding: 'bzip2' }, { code: 'pixel-layout', detail: 'NRRD written as bzip2' }],
    ['text', { encoding: 'ASCII' }, { code: 'pixel-layout', detail: 'NRRD written as text' }],
    ['hex', { encoding: 'hex' }, { code: 'pixel-layout', detail: 'NRRD written as hexadecimal' }],
    ['blocks', { type: 'block' }, { code: 'pixel-layout', detail: 'NRRD type block' }],
    ['a list of files', list, { code: 'pixel-layout', detail: 'NRRD in several data files' }],
    [
      'numbered files',
      { 'data file': 'a%03d.raw 1 9 1' },
      { code: 'pixel-layout', detail: 'NRRD in several data files' },
    ],
    ['one dimension', { dimension: 1, sizes: '24' }, { code: 'pixel-layout', detail: 'one dimension' }],
    ['its other file is missing', { 'data file': 'a.raw' }, { code: 'two-files' }],
    ['no byte order', { type: 'short', endian: null }, { code: 'malformed', detail: 'byte order' }],
    ['another type', { type: 'quaternion' }, { code: 'malformed', detail: 'type' }],
    ['no encoding', { encoding: null }, { code: 'malformed', detail: 'encoding' }],
    ['too few sizes', { sizes: '4 3' }, { code: 'malformed', detail: 'image size' }],
    ['a size of nothing', { sizes: '4 0 3' }, { code: 'malformed', detail: 'image size' }],
    ['17 axes', { dimension: 17 }, { code: 'malformed', detail: 'number of dimensions' }],
    ['a place before the file', { 'byte skip': -2 }, { code: 'malformed', detail: 'data offset' }],
    ['rows of metres', { sizes: '100000 100000 2' }, { code: 'too-large', detail: 'rows × columns' }],
    ['more at the end than there is', { 'byte skip': -1, sizes: '4 3 9' }, { code: 'truncated' }],
  ])('%s', async (_, fields, skip) => {
    expect(await read(fields)).toEqual(skip);
  });

  test('a header that never ends', async () => {
    expect(await openFile(text('NRRD0001\ntype: uchar\n'), {})).toEqual({ code: 'truncated' });
    const long = text(`NRRD0001\n${'# remark\n'.repeat(150_000)}`);
    expect(await openFile(long, {})).toEqual({ code: 'malformed', detail: 'header length' });
  });
});

describe('in two files', () => {
  const header = nrrdHeader({ 'data file': 'elsewhere.raw', encoding: 'gzip' });

  test('the pixels are those beside the header, whatever name it says', async () => {
    expect(await valuesOf(await openFile(gzipSync(pixels), { header }))).toEqual(slices);
    expect(await valuesOf(await openFile(gzipSync(pixels), { header: gzipSync(header) }))).toEqual(slices);
    expect(await openFile(pixels, { header: null })).toEqual({ code: 'two-files' });
  });

  test('a stream that is too large to inflate at once gives the same slices', async () => {
    const reader = nrrd.readHeader!(header);
    if (!reader || isSkip(reader)) throw new Error('no header');
    expect(reader.bytes).toBe(24);
    expect(await valuesOf(reader.open({ gzip: gzipSync(pixels) }, {}))).toEqual(slices);
  });

  test.each([
    ['scattered', { sizes: '2 4 3', kinds: 'list space space' }],
    ['counted from its end', { 'byte skip': -1 }],
    ['behind lines', { 'line skip': 1 }],
  ])('of such a stream pixels that lie %s are too large', (_, fields) => {
    const reader = nrrd.readHeader!(nrrdHeader({ 'data file': 'a.raw', ...fields }));
    if (!reader || isSkip(reader)) throw new Error('no header');
    const skip = { code: 'too-large', detail: 'inflated size' };
    expect(reader.open({ gzip: gzipSync(pixels) }, {})).toEqual(skip);
  });

  test('a header that says what is not read says so for both', async () => {
    const several = nrrdHeader({ 'data file': 'LIST' });
    expect(await openFile(pixels, { header: several })).toMatchObject({ code: 'pixel-layout' });
  });
});
