/** NIfTI, NPY, PNG and JPEG: what was written is what is read, and what breaks the rules is named. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Numbers } from '../../../src/core/bytes/numbers.ts';
import { openFile } from '../../../src/core/formats/decode.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { isSkip, type Skip } from '../../../src/core/skip.ts';
import { type NiftiNumbers, niftiFile } from '../../builders/nifti.ts';
import { npyFile } from '../../builders/npy.ts';
import { adam7Lines, pngFile, rawPngFile } from '../../builders/png.ts';
import { bytesOf, type GoldenFile, readGolden } from '../../harness/goldens.ts';

async function framesOf(bytes: Uint8Array): Promise<Frame[]> {
  const decoded = await openFile(bytes, {});
  if (isSkip(decoded)) throw new Error(`${decoded.code} ${decoded.detail}`);
  const frames: Frame[] = [];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) throw new Error(`${frame.code} ${frame.detail}`);
    frames.push(frame);
  }
  return frames;
}

async function skipOf(bytes: Uint8Array): Promise<Skip> {
  const decoded = await openFile(bytes, {});
  if (isSkip(decoded)) return decoded;
  for await (const frame of decoded.frames()) if (isSkip(frame)) return frame;
  throw new Error('not skipped');
}

function golden(name: string): Uint8Array<ArrayBuffer> {
  return bytesOf(readGolden<GoldenFile[]>('files.json').find((file) => file.name === name) as GoldenFile);
}

const side = fc.integer({ min: 2, max: 9 });
const ARRAYS = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
];
const arrays = fc.constantFrom(...ARRAYS);

function numbers(Target: (typeof ARRAYS)[number], length: number): Numbers {
  return new Target(length).map((_, i) => (i * 29) % 127);
}

function joined(frames: Frame[]): number[] {
  return frames.flatMap(({ values }) => Array.from(values));
}

describe('NPY', () => {
  test('any shape and type is read slice by slice in row-major order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(side, { minLength: 2, maxLength: 4 }),
        arrays,
        fc.boolean(),
        async (shape, Target, big) => {
          fc.pre(shape.length === 2 || (shape.at(-1) as number) > 4);
          const values = numbers(
            Target,
            shape.reduce((product, size) => product * size),
          );
          const frames = await framesOf(npyFile({ shape, values, littleEndian: !big }));
          expect(joined(frames)).toEqual(Array.from(values));
          expect([frames[0].rows, frames[0].columns]).toEqual(shape.slice(-2));
        },
      ),
    ));

  test('Fortran order is the transpose of a transpose', async () => {
    const values = Int16Array.of(1, 2, 3, 4, 5, 6);
    const [frame] = await framesOf(npyFile({ shape: [2, 3], values, fortran: true }));
    expect(Array.from(frame.values)).toEqual([1, 3, 5, 2, 4, 6]);
  });

  test('64-bit integers and halves become numbers', async () => {
    const wide = BigInt64Array.of(-5n, 2n ** 40n, 7n, 0n);
    expect(joined(await framesOf(npyFile({ shape: [2, 2], values: wide })))).toEqual([-5, 2 ** 40, 7, 0]);
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff);
    const read = await framesOf(npyFile({ shape: [2, 2], values: halves, type: 'f2' }));
    expect(joined(read)).toEqual([1, -2, 2 ** -24, 65_504]);
  });

  test('three channels are colour only behind two larger axes', async () => {
    const values = new Uint8Array(6 * 7 * 3).fill(9);
    expect(await framesOf(npyFile({ shape: [6, 7, 3], values }))).toHaveLength(1);
    expect(await framesOf(npyFile({ shape: [21, 2, 3], values }))).toHaveLength(21);
  });

  const values = new Uint8Array(16);
  test.each([
    ['one axis', { shape: [16], values }, 'pixel-layout'],
    ['an axis of 0', { shape: [0, 4], values }, 'malformed'],
    ['a shape of more than there is', { shape: [4, 5], values }, 'truncated'],
    ['a shape beyond the limit', { shape: [2 ** 14, 2 ** 14], values }, 'too-large'],
    ['a shape beyond all numbers', { shape: [1e15, 1e15, 4, 4], values }, 'malformed'],
    ['Python objects', { shape: [4, 4], values, type: 'O8' }, 'pixel-layout'],
    ['dates', { shape: [4, 4], values, type: 'M8' }, 'pixel-layout'],
  ])('%s is refused', async (_, array, code) => {
    expect(await skipOf(npyFile(array))).toMatchObject({ code });
  });

  test('a structured type is refused', async () => {
    const file = npyFile({ shape: [4, 4], values });
    const text = new TextDecoder('latin1').decode(file).replace("'|u1'", '[(1)]');
    expect(await skipOf(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toMatchObject({
      code: 'pixel-layout',
    });
  });
});

describe('NIfTI', () => {
  test('any type, version, byte order and wrapping gives the slices along z and time', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(side, { minLength: 2, maxLength: 4 }),
        arrays,
        fc.boolean(),
        fc.constantFrom(1, 2),
        fc.boolean(),
        async (shape, Target, littleEndian, version, gzip) => {
          const values = numbers(
            Target,
            shape.reduce((product, size) => product * size),
          ) as NiftiNumbers;
          const frames = await framesOf(
            niftiFile({ shape, values, littleEndian, version: version as 1 | 2, gzip }),
          );
          expect(joined(frames)).toEqual(Array.from(values as Uint8Array));
          expect([frames[0].columns, frames[0].rows]).toEqual(shape.slice(0, 2));
        },
      ),
    ));

  const values = new Int16Array(4 * 4 * 2);
  test.each([
    ['a slope of 0 means no scaling', 0, 9, 1, 0],
    ['a slope that is no number means no scaling', Number.NaN, 9, 1, 0],
    ['slope and intercept are kept', 2, -3, 2, -3],
  ])('%s', async (_, slope, intercept, a, b) => {
    const [frame] = await framesOf(niftiFile({ shape: [4, 4, 2], values, slope, intercept }));
    expect(frame).toMatchObject({ slope: a, intercept: b });
  });

  test.each([
    ['a slice of more than there is', { shape: [40, 40, 3], values }, 'truncated'],
    ['a negative size', { shape: [4, -4, 2], values }, 'malformed'],
    ['an unknown type', { shape: [4, 4, 2], values, datatype: 1536 }, 'pixel-layout'],
    ['a single line of pixels', { shape: [32, 1], values }, 'pixel-layout'],
  ])('%s is refused', async (_, image, code) => {
    expect(await skipOf(niftiFile(image))).toMatchObject({ code });
  });

  test('a header whose pixels are in another file is refused', async () => {
    const file = niftiFile({ shape: [4, 4, 2], values });
    file[345] = 0x69;
    expect(await skipOf(file.subarray(0, file.length - 1))).toMatchObject({ code: 'two-files' });
  });
});

describe('PNG', () => {
  test('8 and 16 bits are kept', () =>
    fc.assert(
      fc.asyncProperty(side, side, fc.boolean(), async (rows, columns, wide) => {
        const values = numbers(wide ? Uint16Array : Uint8Array, rows * columns).map(
          (v) => v * (wide ? 500 : 2),
        );
        const [frame] = await framesOf(
          pngFile({ rows, columns, values: values as Uint8Array | Uint16Array }),
        );
        expect(frame.values).toEqual(values);
      }),
    ));

  test('interlaced images of any size are put together', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 2, max: 20 }),
        async (rows, columns) => {
          const values = numbers(Uint8Array, rows * columns) as Uint8Array;
          const lines = adam7Lines(values, rows, columns);
          const file = rawPngFile({ rows, columns, depth: 8, colorType: 0, interlaced: true, lines });
          expect((await framesOf(file))[0].values).toEqual(values);
        },
      ),
    ));

  test('2 and 4 bits are unpacked, lines beginning on a byte', async () => {
    const two = rawPngFile({
      rows: 2,
      columns: 3,
      depth: 2,
      colorType: 0,
      lines: Uint8Array.of(0, 0b00011000, 0, 0b11100100),
    });
    expect(joined(await framesOf(two))).toEqual([0, 1, 2, 3, 2, 1]);
    const four = rawPngFile({
      rows: 2,
      columns: 2,
      depth: 4,
      colorType: 0,
      lines: Uint8Array.of(0, 0x1f, 1, 0x20),
    });
    expect(joined(await framesOf(four))).toEqual([1, 15, 2, 0]);
  });

  test('every filter is undone', async () => {
    // Lines of 3 pixels: none, sub, up, average, Paeth.
    const lines = Uint8Array.of(0, 1, 2, 3, 1, 5, 5, 5, 2, 1, 1, 1, 3, 10, 10, 10, 4, 1, 1, 1);
    const file = rawPngFile({ rows: 5, columns: 3, depth: 8, colorType: 0, lines });
    expect(joined(await framesOf(file))).toEqual([1, 2, 3, 5, 10, 15, 6, 11, 16, 13, 22, 29, 14, 23, 30]);
  });

  test('an index beyond the palette is black', async () => {
    const palette = Uint8Array.of(255, 255, 255);
    const file = rawPngFile({
      rows: 2,
      columns: 2,
      depth: 8,
      colorType: 3,
      palette,
      lines: Uint8Array.of(0, 0, 1, 0, 0, 200),
    });
    expect(joined(await framesOf(file))).toEqual([255, 0, 255, 0]);
  });

  const good = { rows: 2, columns: 2, depth: 8, colorType: 0, lines: Uint8Array.of(0, 1, 2, 0, 3, 4) };
  test.each([
    ['fewer lines than it says', { ...good, rows: 3 }, 'truncated'],
    ['far more data than its size needs', { ...good, lines: new Uint8Array(3 * 2 ** 20) }, 'too-large'],
    ['an unknown filter', { ...good, lines: Uint8Array.of(9, 1, 2, 0, 3, 4) }, 'malformed'],
    ['a depth that its colour type has not', { ...good, colorType: 2, depth: 4 }, 'malformed'],
    ['a palette image without a palette', { ...good, colorType: 3 }, 'malformed'],
    ['more pixels than the limit', { ...good, rows: 2 ** 31 - 1, columns: 2 ** 31 - 1 }, 'too-large'],
  ])('%s is refused', async (_, image, code) => {
    expect(await skipOf(rawPngFile(image))).toMatchObject({ code });
  });

  test('a file that is cut is refused', async () => {
    const file = golden('PNG 16 bits');
    for (const length of [20, 40, 200, file.length - 13]) {
      expect(await skipOf(file.slice(0, length))).toMatchObject({
        code: expect.stringMatching(/truncated|malformed/),
      });
    }
  });
});

describe('JPEG', () => {
  test('changes rows and columns where EXIF says it lies on its side', async () => {
    const upright = await openFile(golden('JPEG gray'), {});
    const turned = await openFile(golden('JPEG EXIF orientation 6'), {});
    if (isSkip(upright) || isSkip(turned)) throw new Error('skipped');
    expect([turned.facts.rows, turned.facts.columns]).toEqual([upright.facts.columns, upright.facts.rows]);
  });

  /** The golden file with other numbers at places behind its SOF marker. */
  function reframed(name: string, changes: Record<number, number>): Uint8Array {
    const bytes = golden(name);
    const sof = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    for (const [at, value] of Object.entries(changes)) bytes[sof + Number(at)] = value;
    return bytes;
  }
  const [MARKER, PRECISION, COMPONENTS] = [1, 4, 9];

  test.each(['JPEG gray', 'JPEG colour'])('of 12 bits is decoded with its bits (%s)', async (name) => {
    const image = await openFile(reframed(name, { [MARKER]: 0xc1, [PRECISION]: 12 }), {});
    expect(image).toMatchObject({ facts: { bits: 12 } });
    expect(await framesOf(reframed(name, { [MARKER]: 0xc1, [PRECISION]: 12 }))).toHaveLength(1);
  });

  test.each([
    ['10 bits', 'JPEG gray', { [MARKER]: 0xc1, [PRECISION]: 10 }, 'transfer-syntax'],
    ['lossless coding', 'JPEG gray', { [MARKER]: 0xc3 }, 'transfer-syntax'],
    ['arithmetic coding', 'JPEG gray', { [MARKER]: 0xc9 }, 'transfer-syntax'],
    ['two components', 'JPEG colour', { [COMPONENTS]: 2 }, 'pixel-layout'],
  ])('of %s is named', async (_, name, changes, code) => {
    expect(await skipOf(reframed(name, changes))).toMatchObject({ code });
  });

  test('a file that is cut before its first scan is refused', async () => {
    expect(await skipOf(golden('JPEG gray').slice(0, 60))).toMatchObject({ code: 'malformed' });
  });
});

test('any damage to any of them ends in frames or named skips, never in an exception', async () => {
  const seeds = readGolden<GoldenFile[]>('files.json')
    .filter(({ name }) => !name.startsWith('DICOM'))
    .map(bytesOf);
  const damage = fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), damage, async (seed, changes) => {
      const bytes = seed.slice();
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const decoded = await openFile(bytes, {});
      if (!isSkip(decoded)) for await (const frame of decoded.frames()) expect(frame).toBeDefined();
    }),
    { numRuns: 300 },
  );
});
