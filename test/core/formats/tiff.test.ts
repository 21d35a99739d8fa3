/** TIFF: pages, strips and tiles as they were written; what breaks the rules or cannot be read is named. */
import fc from 'fast-check';
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { unpackLzw } from '../../../src/core/formats/tiff/lzw.ts';
import { unpackPackBits } from '../../../src/core/formats/tiff/packBits.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { isSkip, type Skip } from '../../../src/core/skip.ts';
import { dicomFile } from '../../builders/dicom.ts';
import { grayPage, tiffFile } from '../../builders/tiff.ts';

async function resultsOf(bytes: Uint8Array, from = 0): Promise<(Frame | Skip)[]> {
  const decoded = await openFile(bytes, {});
  if (isSkip(decoded)) return [decoded];
  const results = [];
  for await (const result of decoded.frames(from)) results.push(result);
  return results;
}

const count = (length: number, first = 0) => Uint8Array.from({ length }, (_, i) => first + ((i * 29) % 127));
const page = grayPage(3, 4, count(12));
const changed = (tags: typeof page.tags, pieces = page.pieces) => ({
  tags: { ...page.tags, ...tags },
  pieces,
});

describe('pixels', () => {
  const side = fc.integer({ min: 2, max: 9 });

  test('in strips of any height come in order, in both byte orders and sizes of offsets', () =>
    fc.assert(
      fc.asyncProperty(
        ...[side, side, side],
        fc.constantFrom(...[8, 16, 32]),
        fc.boolean(),
        fc.boolean(),
        async (rows, columns, rowsPerStrip, bits, littleEndian, big) => {
          const values = Array.from(count(rows * columns));
          const bytes = new Uint8Array(values.length * (bits / 8));
          for (const [i, value] of values.entries())
            bytes[(i * bits) / 8 + (littleEndian ? 0 : bits / 8 - 1)] = value;
          const stripBytes = (rowsPerStrip * columns * bits) / 8;
          const pieces = Array.from({ length: Math.ceil(rows / rowsPerStrip) }, (_, i) =>
            bytes.subarray(i * stripBytes, (i + 1) * stripBytes),
          );
          const tags = { rows: [rows], columns: [columns], bits: [bits], rowsPerStrip: [rowsPerStrip] };
          const [frame] = await resultsOf(tiffFile([{ tags, pieces }], { littleEndian, big }));
          expect(Array.from((frame as Frame).values)).toEqual(values);
        },
      ),
    ));

  test('of tiles that reach beyond the page are those inside', async () => {
    const tags = { rows: [3], columns: [5], bits: [8], tileColumns: [4], tileRows: [2] };
    const tiles = [0, 10, 20, 30].map((first) => Uint8Array.from({ length: 8 }, (_, i) => first + i));
    const [frame] = await resultsOf(tiffFile([{ tags, pieces: tiles }]));
    expect(frame).toMatchObject({
      values: Uint8Array.of(0, 1, 2, 3, 10, 4, 5, 6, 7, 14, 20, 21, 22, 23, 30),
    });
  });

  test('whose colours are shared by blocks of pixels are the luminances, in strips of any height', () =>
    fc.assert(
      fc.asyncProperty(
        ...[side, side, side],
        fc.constantFrom(1, 2, 4),
        fc.constantFrom(1, 2, 4),
        fc.boolean(),
        async (rows, columns, rowsPerStrip, across, down, isPacked) => {
          const luma = count(rows * columns);
          const pieces = [];
          for (let top = 0; top < rows; top += rowsPerStrip) {
            const bytes: number[] = [];
            const bottom = Math.min(top + rowsPerStrip, rows);
            for (let y = top; y < bottom; y += down)
              for (let x = 0; x < columns; x += across) {
                for (let i = 0; i < across * down; i++) {
                  const [row, column] = [y + Math.floor(i / across), x + (i % across)];
                  bytes.push(row < bottom && column < columns ? luma[row * columns + column] : 200);
                }
                bytes.push(201, 202);
              }
            pieces.push(isPacked ? zlibSync(Uint8Array.from(bytes)) : Uint8Array.from(bytes));
          }
          const tags = {
            ...{ rows: [rows], columns: [columns], rowsPerStrip: [rowsPerStrip], samples: [3] },
            ...{ photometric: [6], subsampling: [across, down], compression: [isPacked ? 8 : 1] },
          };
          const [frame] = await resultsOf(tiffFile([changed(tags, pieces)]));
          expect(Array.from((frame as Frame).values)).toEqual(Array.from(luma));
        },
      ),
    ));

  test('whose colours are shared are shared two by two where the page does not say', async () => {
    const tags = { rows: [2], columns: [2], samples: [3], photometric: [6] };
    const block = Uint8Array.of(1, 2, 3, 4, 128, 128);
    const [frame] = await resultsOf(tiffFile([changed(tags, [block])]));
    expect(frame).toMatchObject({ values: Uint8Array.of(1, 2, 3, 4) });
    const [skip] = await resultsOf(tiffFile([changed({ ...tags, subsampling: [3, 1] }, [block])]));
    expect(skip).toMatchObject({ code: 'malformed', detail: 'subsampled colours' });
  });

  test('of uncompressed strips side by side are a view on the file', async () => {
    const pieces = [count(4), count(4, 9), count(4, 90)];
    const file = tiffFile([changed({ rowsPerStrip: [1] }, pieces)]);
    const [frame] = await resultsOf(file);
    expect((frame as Frame).values.buffer).toBe(file.buffer);
  });

  test('of strips without lengths are read where nothing is compressed', async () => {
    const [frame] = await resultsOf(tiffFile([changed({ stripBytes: [] })]));
    expect(frame).toMatchObject({ values: count(12) });
  });

  test('a last strip may hold as many lines as the others', async () => {
    const pieces = [zlibSync(count(8)), zlibSync(count(8, 50))];
    const [frame] = await resultsOf(tiffFile([changed({ compression: [8], rowsPerStrip: [2] }, pieces)]));
    expect(frame).toMatchObject({ values: Uint8Array.of(...count(8), ...count(4, 50)) });
  });
});

describe('pages', () => {
  test('of other sizes are frames too, and the first one asked for is where they begin', async () => {
    const file = tiffFile([page, grayPage(5, 2, count(10)), grayPage(2, 2, count(4))]);
    expect(await resultsOf(file, 1)).toMatchObject([
      { index: 1, rows: 5, columns: 2 },
      { index: 2, rows: 2, columns: 2 },
    ]);
  });

  test('that fail leave the others alone', async () => {
    const file = tiffFile([page, changed({ compression: [4] }), page]);
    const results = await resultsOf(file);
    expect(results).toMatchObject([{ index: 0 }, { code: 'pixel-layout', frame: 1 }, { index: 2 }]);
  });

  test('that go in circles end', async () => {
    const results = await resultsOf(tiffFile([page, page], { loopTo: 0 }));
    expect(results).toMatchObject([{ index: 0 }, { index: 1 }, { code: 'malformed', frame: 2 }]);
  });

  test('behind the end of a cut file are named once', async () => {
    const file = tiffFile([page, page, page]);
    const results = await resultsOf(file.subarray(0, file.length - 120));
    expect(results).toMatchObject([{ index: 0 }, { code: 'truncated' }]);
  });

  test.each([
    ['smaller copies', { newSubfileType: [1] }],
    ['masks', { newSubfileType: [4] }],
    ['masks by their colours', { photometric: [4] }],
    ['smaller copies of the old kind', { subfileType: [2] }],
  ])('that are %s are left out', async (_, tags) => {
    expect(await resultsOf(tiffFile([page, changed(tags)]))).toHaveLength(1);
    expect(await resultsOf(tiffFile([changed(tags)]))).toMatchObject([{ code: 'pixel-layout' }]);
  });

  test('that share their bytes are decoded only up to the growth of a compressed stream', async () => {
    const tags = { rows: [8000], columns: [8000], bits: [8], compression: [8] };
    const file = tiffFile([{ tags, pieces: [zlibSync(new Uint8Array(64_000_000))] }, 0, 0]);
    const results = await resultsOf(file, 1);
    expect(results.map((result) => isSkip(result) && result.code)).toEqual(['too-large', 'too-large']);
  });

  test('may have tags in common, but not more than anybody can wait for', async () => {
    const colorMap = new Uint16Array(3 * 2 ** 16);
    const tags = { ...page.tags, bits: [16], photometric: [3], colorMap: Array.from(colorMap) };
    const first = { tags, pieces: [count(24)] };
    expect(await resultsOf(tiffFile([first, 0, 0]))).toHaveLength(3);
    const results = await resultsOf(tiffFile([first, ...new Array<number>(30).fill(0)]));
    expect(results.length).toBeLessThan(30);
    expect(results.at(-1)).toMatchObject({ code: 'too-large' });
  });
});

describe('strips', () => {
  const strips = [count(4), count(4, 4), count(4, 8)];
  const tags = { ...page.tags, rowsPerStrip: [1] };

  test.each([
    ['no lengths', []],
    ['lengths of 0', [0, 0, 0]],
    ['lengths that are too short', [4, 1, 4]],
    ['too few lengths', [4]],
  ])('of nothing compressed are read by their places where they have %s', async (_, stripBytes) => {
    // A byte between them, so that they are no run.
    const pieces = strips.map((strip) => Uint8Array.from([...strip, 99, 99]));
    const decoded = await openFile(tiffFile([{ tags: { ...tags, stripBytes }, pieces }]), {});
    if (isSkip(decoded)) throw new Error(decoded.code);
    expect(decoded.facts.deviations).toEqual(['strip-lengths']);
    for await (const frame of decoded.frames())
      expect((frame as Frame).values).toEqual(Uint8Array.from(strips.flatMap((strip) => [...strip])));
  });

  test('that are compressed end where the next begins at the latest', async () => {
    const pieces = strips.map((strip) => zlibSync(strip)).reverse();
    const offsets = pieces.map(
      (_, i) => 8 + pieces.slice(0, i).reduce((sum, p) => sum + p.length + (p.length % 2), 0),
    );
    const reversed = { compression: [8], stripOffsets: offsets.reverse(), stripBytes: [] };
    const [frame] = await resultsOf(tiffFile([{ tags: { ...tags, ...reversed }, pieces }]));
    expect((frame as Frame).values).toEqual(Uint8Array.from(strips.flatMap((strip) => [...strip])));
  });
});

describe('a page', () => {
  test.each([
    ['of no size', { rows: [0] }, 'malformed'],
    ['of a single line', { rows: [1] }, 'pixel-layout'],
    ['of more pixels than the limit', { rows: [2 ** 31], columns: [2 ** 31] }, 'too-large'],
    ['of more samples than the limit', { samples: [2 ** 31] }, 'too-large'],
    ['of more pixels than there are bytes', { rows: [30] }, 'truncated'],
    ['of more compressed pixels than its bytes can hold', { rows: [20_000], compression: [5] }, 'truncated'],
    ['of more strips than it lists', { rowsPerStrip: [1] }, 'malformed'],
    ['of strips of no height', { rowsPerStrip: [0] }, 'malformed'],
    ['of tiles far larger than itself', { tileColumns: [2 ** 20], tileRows: [2 ** 20] }, 'too-large'],
    ['of strips beyond the file', { stripOffsets: [2 ** 31] }, 'truncated'],
    ['of no samples', { samples: [0] }, 'malformed'],
    ['of colours in two samples', { photometric: [2], samples: [2] }, 'malformed'],
    [
      'of colours in planes that it does not list',
      { photometric: [2], samples: [3], planar: [2] },
      'malformed',
    ],
    ['with a palette that is not there', { photometric: [3] }, 'malformed'],
    ['of 24 bits', { bits: [24] }, 'pixel-layout'],
    ['of samples of different bits', { bits: [8, 4], samples: [2] }, 'pixel-layout'],
    ['of complex numbers', { bits: [64], sampleFormat: [5] }, 'pixel-layout'],
    ['of CIELab colours', { photometric: [8], samples: [3] }, 'pixel-layout'],
    ['of a JPEG that is none', { compression: [7] }, 'malformed'],
  ])('%s is refused', async (_, tags, code) => {
    const [skip] = await resultsOf(tiffFile([changed(Object.fromEntries(Object.entries(tags)))]));
    expect(skip).toMatchObject({ code });
  });

  test.each([
    ['CCITT fax coding', { compression: [3] }],
    ['JPEG of the old kind', { compression: [6] }],
    ['JPEG 2000', { compression: [34712] }],
    ['Zstandard', { compression: [50000] }],
    ['WebP', { compression: [50001] }],
    ['compression', { compression: [12345] }],
    ['predictor', { compression: [8], predictor: [4] }],
    ['predictor', { compression: [8], predictor: [3] }],
    ['predictor', { compression: [8], predictor: [2], bits: [4] }],
    ['predictor', { compression: [8], predictor: [2], photometric: [6], samples: [3] }],
    ['colour space', { photometric: [6], samples: [3], bits: [4] }],
  ])('that cannot be read is named: %s', async (detail, tags) => {
    const strip = zlibSync(count(12));
    expect(await resultsOf(tiffFile([changed(tags, [strip])]))).toEqual([{ code: 'pixel-layout', detail }]);
  });

  test('with a short palette, or one that is cut off, is damaged', async () => {
    const short = tiffFile([changed({ photometric: [3], colorMap: [...count(9)] })]);
    expect(await resultsOf(short)).toEqual([{ code: 'malformed', detail: 'palette' }]);
    const whole = tiffFile([changed({ photometric: [3], colorMap: [...count(768)] })]);
    expect(await resultsOf(whole.subarray(0, whole.length - 9))).toMatchObject([{ code: 'truncated' }]);
  });

  test('without tags, or no page at all, is damaged', async () => {
    expect(await resultsOf(tiffFile([{ tags: {}, pieces: [] }]))).toMatchObject([{ code: 'malformed' }]);
    expect(await resultsOf(tiffFile([]))).toMatchObject([{ code: 'malformed' }]);
  });

  test.each([
    ['Deflate', 8, zlibSync(count(11))],
    ['PackBits', 32773, Uint8Array.of(10, ...count(11))],
    ['LZW', 5, Uint8Array.of(0x80, 0x0c, 0x20)],
  ])('whose %s strip is too short is cut off', async (_, compression, strip) => {
    const [skip] = await resultsOf(tiffFile([changed({ compression: [compression] }, [strip])]));
    expect(skip).toMatchObject({ code: 'truncated', frame: 0 });
  });

  test('whose strip inflates far beyond what it must hold is refused', async () => {
    const strip = zlibSync(new Uint8Array(2 ** 20));
    const [skip] = await resultsOf(tiffFile([changed({ compression: [8] }, [strip])]));
    expect(skip).toMatchObject({ code: 'too-large' });
  });
});

test('a DICOM file whose preamble is a TIFF header stays DICOM', async () => {
  const file = dicomFile({ rows: 3, columns: 4, pixels: count(12) });
  file.set(tiffFile([page]).subarray(0, 128));
  const decoded = await openFile(file, {});
  expect(isSkip(decoded) ? decoded : decoded.facts.format).toBe('dicom');
});

/** Codes of 9 bits. */
function nineBits(...codes: number[]): Uint8Array {
  const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

describe('LZW', () => {
  test('a string may end in what it writes', () => {
    expect(unpackLzw(nineBits(256, 7, 258, 259, 257), 6)).toEqual(new Uint8Array(6).fill(7));
  });

  test('the example of the standard', () => {
    const codes = nineBits(256, 7, 258, 8, 8, 258, 6, 6, 257);
    expect(unpackLzw(codes, 9)).toEqual(Uint8Array.of(7, 7, 7, 8, 8, 7, 7, 6, 6));
  });

  test.each([
    ['a first code that stands for nothing yet', nineBits(256, 258), 'malformed'],
    ['a code too far ahead', nineBits(256, 7, 300), 'malformed'],
    ['an early end', nineBits(256, 7, 257), 'truncated'],
    ['no end', nineBits(256, 7), 'truncated'],
    ['bits in the old order', Uint8Array.of(0, 1, 0, 0), 'pixel-layout'],
  ])('%s is named', (_, bytes, code) => {
    expect(unpackLzw(bytes, 9)).toMatchObject({ code });
  });
});

test('PackBits ends where its size is reached, in a run or in plain bytes', () => {
  expect(unpackPackBits(Uint8Array.of(128, 0x9c, 5, 0), 3)).toEqual(Uint8Array.of(5, 5, 5));
  expect(unpackPackBits(Uint8Array.of(4, 1, 2, 3, 4, 5), 3)).toEqual(Uint8Array.of(1, 2, 3));
  expect(unpackPackBits(Uint8Array.of(4, 1, 2, 3), 5)).toMatchObject({ code: 'truncated' });
});
