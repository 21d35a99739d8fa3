/** Of what is too long, cut off or described in another way, the beginning is read and the rest is named. */

import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { inflateFirst, inflatePieces } from '../../../src/core/bytes/inflate.ts';
import { decodeFile, openFile } from '../../../src/core/formats/decode.ts';
import { nifti } from '../../../src/core/formats/nifti.ts';
import { withoutThin } from '../../../src/core/formats/thin.ts';
import type { Decoded } from '../../../src/core/formats/types.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { inThousands, shareOf } from '../../../src/core/image/size.ts';
import { random } from '../../../src/core/random.ts';
import { isSkip, type Skip } from '../../../src/core/skip.ts';
import { concat, dicomFile } from '../../builders/dicom.ts';
import { niftiFile } from '../../builders/nifti.ts';
import { npyFile } from '../../builders/npy.ts';
import { tiffFile } from '../../builders/tiff.ts';

async function open(bytes: Uint8Array): Promise<Decoded> {
  const decoded = await openFile(bytes, {});
  if (isSkip(decoded)) throw new Error(`${decoded.code} ${decoded.detail}`);
  return decoded;
}

async function resultsOf(decoded: Decoded, from = 0): Promise<(Frame | Skip)[]> {
  const results = [];
  for await (const result of decoded.frames(from)) results.push(result);
  return results;
}

const valuesOf = (results: readonly (Frame | Skip)[]) =>
  results.map((result) => (isSkip(result) ? result.code : Array.from(result.values)));
const counted = (length: number) => Uint8Array.from({ length }, (_, i) => i);

describe('a share', () => {
  test('is everything, or the beginning with the rest named', () => {
    expect(shareOf(7)).toEqual({ count: 7, left: null });
    expect(shareOf(20_001)).toEqual({
      count: 20_000,
      left: { code: 'too-large', detail: 'the first 20,000 of 20,001 slices were read' },
    });
    expect(shareOf(7, 3.9)).toMatchObject({ count: 3, left: { code: 'truncated' } });
    expect(shareOf(7, -1)).toMatchObject({ count: 0, left: { code: 'truncated' } });
    expect(shareOf(50_000, 30_000)).toMatchObject({ count: 20_000, left: { code: 'too-large' } });
  });

  test('is written in thousands', () =>
    expect([0, 999, 1000, 1234567].map(inThousands)).toEqual(['0', '999', '1,000', '1,234,567']));
});

describe('of more than 20,000 slices the first 20,000 are read, and the rest is named:', () => {
  const many = 20_003;
  const pixels = new Uint8Array(many * 4).map((_, i) => i);
  test.each([
    ['NIfTI', niftiFile({ shape: [2, 2, 1, many], values: pixels })],
    ['NIfTI, gzipped', niftiFile({ shape: [2, 2, many], values: pixels, gzip: true })],
    ['NPY', npyFile({ shape: [many, 2, 2], values: pixels })],
    ['DICOM', dicomFile({ rows: 2, columns: 2, frames: many, pixels })],
  ])('%s', async (_, bytes) => {
    const decoded = await open(bytes);
    expect(decoded.frameCount).toBe(20_000);
    expect(decoded.left).toEqual({
      code: 'too-large',
      detail: 'the first 20,000 of 20,003 slices were read',
    });
    expect(valuesOf(await resultsOf(decoded, 19_999))).toEqual([[124, 125, 126, 127]]);
  });

  test('it comes last among the slices of a file', async () => {
    const results: (string | undefined)[] = [];
    const bytes = npyFile({ shape: [3, 2, 2], values: counted(12) });
    for await (const one of decodeFile(bytes.subarray(0, bytes.length - 1), { antialias: false }))
      results.push(isSkip(one) ? one.detail : 'slice');
    expect(results).toEqual(['slice', 'slice', 'the first 2 of 3 slices were read']);
  });
});

describe('of a file that is cut off', () => {
  test.each([
    ['NIfTI', niftiFile({ shape: [2, 2, 3], values: counted(12) })],
    ['NPY', npyFile({ shape: [3, 2, 2], values: counted(12) })],
  ])('whole slices are read: %s', async (_, bytes) => {
    const decoded = await open(bytes.subarray(0, bytes.length - 3));
    expect(valuesOf(await resultsOf(decoded))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
    expect(decoded.left).toMatchObject({ code: 'truncated' });
    expect(decoded.facts.deviations).toContain('cut-pixels');
  });

  test('in gzip they are, too', async () => {
    const numbers = random(7);
    const values = new Uint8Array(64 * 64 * 40).map(() => numbers.integer(256));
    const gzip = niftiFile({ shape: [64, 64, 40], values, gzip: true });
    const decoded = await open(gzip.subarray(0, gzip.length / 2));
    expect(decoded.left?.code).toBe('truncated');
    const results = await resultsOf(decoded);
    expect(results.length).toBeGreaterThan(0);
    expect(results.length).toBeLessThan(40);
    expect(valuesOf(results)[0]).toEqual([...values.subarray(0, 4096)]);
  });

  test('an array with its first axis fastest has no whole slice', async () => {
    const bytes = npyFile({ shape: [3, 2, 2], values: counted(12), fortran: true });
    expect(await openFile(bytes.subarray(0, bytes.length - 1), {})).toEqual({ code: 'truncated' });
  });
});

describe('a gzip stream', () => {
  const values = new Int16Array(30 * 20 * 500).map((_, i) => (i * 31) % 1999);
  const file = niftiFile({ shape: [30, 20, 500], values });
  const gzip = gzipSync(file);

  test('that is too large to inflate at once gives its slices one by one, from any of them', async () => {
    const header = nifti.readHead!(file);
    if (!header) throw new Error('no header');
    const streamed = header.open({ gzip }, {}) as Decoded;
    const whole = header.open({ bytes: file }, {}) as Decoded;
    expect(valuesOf(await resultsOf(streamed))).toEqual(valuesOf(await resultsOf(whole)));
    expect(valuesOf(await resultsOf(streamed, 497))).toEqual(valuesOf(await resultsOf(whole, 497)));
  });

  test('that breaks off gives those before, and names the rest', async () => {
    const header = nifti.readHead!(file);
    if (!header) throw new Error('no header');
    const cut = header.open({ gzip: gzip.subarray(0, gzip.length * 0.6) }, {}) as Decoded;
    const results = await resultsOf(cut);
    const last = results.pop();
    expect(last).toMatchObject({
      code: 'truncated',
      detail: `the first ${results.length} of 500 slices were read`,
    });
    expect(results.length).toBeGreaterThan(10);
  });

  test('comes in pieces while others are inflated, up to a limit', () => {
    const [one, other] = [inflatePieces(gzip, 'gzip', 1e9), inflatePieces(gzip, 'gzip', 300_000)];
    let [bytes, all] = [0, 0];
    for (const piece of one) {
      other.next();
      expect(piece).toEqual(file.subarray(bytes, bytes + piece.length));
      bytes += piece.length;
    }
    expect(bytes).toBe(file.length);
    const limited = inflatePieces(gzip, 'gzip', 300_000);
    for (let next = limited.next(); ; next = limited.next()) {
      if (next.done) {
        expect(next.value).toMatchObject({ code: 'too-large' });
        break;
      }
      all += next.value.length;
    }
    expect(all).toBeLessThan(file.length);
    expect(inflateFirst(gzip, 'gzip', 1000)).toEqual(file.subarray(0, 1000));
  });
});

describe('axes of one pixel', () => {
  test('are left out where the image would be a line', () => {
    expect(withoutThin([1, 7, 6])).toEqual([7, 6]);
    expect(withoutThin([7, 1, 5, 1, 3])).toEqual([7, 5, 3]);
    expect(withoutThin([7, 6, 1, 1])).toEqual([7, 6, 1, 1]);
  });

  test('stay where only a line is left, or values of a surface, folded', () => {
    expect(withoutThin([32, 1])).toEqual([32, 1]);
    expect(withoutThin([1, 1, 9])).toEqual([1, 1, 9]);
    expect(withoutThin([27_307, 1, 6])).toEqual([27_307, 1, 6]);
  });

  test.each([
    ['NIfTI', niftiFile({ shape: [1, 3, 2], values: counted(6) })],
    ['NIfTI, coronal', niftiFile({ shape: [3, 1, 2], values: counted(6) })],
    ['NPY', npyFile({ shape: [2, 3, 1], values: counted(6) })],
    ['NPY, coronal', npyFile({ shape: [2, 1, 3], values: counted(6) })],
  ])('of a volume make one image of the others: %s', async (_, bytes) => {
    const [frame] = await resultsOf(await open(bytes));
    expect(frame).toMatchObject({ rows: 2, columns: 3, values: counted(6) });
  });
});

describe('a TIFF of one directory', () => {
  const planes = counted(4 * 3 * 2);
  const described = (text: string, pixels = planes, more = {}) =>
    tiffFile([
      {
        tags: {
          ...{ rows: [2], columns: [3], bits: [8], photometric: [1], stripBytes: [6] },
          description: [...text].map((letter) => letter.charCodeAt(0)),
          ...more,
        },
        pieces: [pixels],
      },
    ]);
  const imageJ = (images: number) => `ImageJ=1.53t\nimages=${images}\nslices=${images}\nloop=false\n`;
  const expected = [0, 6, 12, 18].map((first) => [0, 1, 2, 3, 4, 5].map((i) => first + i));

  test.each([
    ['ImageJ', described(imageJ(4))],
    ['tifffile', described('{"axes": "ZYX", "truncated": true, "shape": [4, 2, 3]}')],
    ['MetaMorph', described('', planes, { metaMorphPlanes: new Array(4).fill(0) })],
    ['SGI', described('', planes, { imageDepth: [4] })],
  ])('gives the planes that %s names', async (_, bytes) => {
    const decoded = await open(bytes);
    expect(valuesOf(await resultsOf(decoded))).toEqual(expected);
    expect(decoded.facts.deviations).toEqual(['one-directory']);
    expect(decoded.left).toBeNull();
  });

  const PIXELS = 20 * 30;
  /** Gray pixels in three equal samples, one behind the other or in planes; an image has more bytes than the tags. */
  const colored = (said: string, images: number, planar: boolean) => {
    const gray = counted(PIXELS * images);
    const image = (n: number) => [...gray.subarray(PIXELS * n, PIXELS * (n + 1))];
    const samples = (n: number) =>
      planar ? [...image(n), ...image(n), ...image(n)] : image(n).flatMap((value) => [value, value, value]);
    const all = Array.from({ length: images }, (_, n) => Uint8Array.from(samples(n)));
    const pieces = planar
      ? [0, 1, 2].map((at) => all[0].slice(at * PIXELS, (at + 1) * PIXELS))
      : [concat(all)];
    const lengths = planar ? {} : { stripBytes: [3 * PIXELS] };
    const tags = { rows: [20], columns: [30], bits: [8, 8, 8], photometric: [2], samples: [3] };
    const description = [...`ImageJ=1.53t\n${said}\n`].map((letter) => letter.charCodeAt(0));
    return tiffFile([{ tags: { ...tags, planar: [planar ? 2 : 1], ...lengths, description }, pieces }]);
  };

  // As tifffile 2023.2.3 reads them: shape and axes of its series.
  test.each([
    ['images=3\nchannels=3', 1, true, '(3, 20, 30) CYX'],
    ['images=3\nchannels=3', 1, false, '(20, 30, 3) YXS'],
    ['images=1\nchannels=3', 1, false, '(20, 30, 3) YXS'],
    ['images=3\nchannels=3', 3, false, '(3, 20, 30, 3) CYXS'],
    ['images=2\nchannels=3\nslices=2', 2, false, '(2, 20, 30, 3) ZYXS'],
    ['images=2\nslices=2', 2, false, '(2, 20, 30, 3) ZYXS'],
  ])('in colour, of ImageJ that says %j, gives %d, in planes: %s', async (said, images, planar) => {
    const decoded = await open(colored(said, images, planar));
    expect(decoded.left).toBeNull();
    const values = valuesOf(await resultsOf(decoded));
    const gray = counted(PIXELS * images);
    expect(values).toEqual(
      Array.from({ length: images }, (_, n) => [...gray.subarray(PIXELS * n, PIXELS * (n + 1))]),
    );
  });

  test('in colour, of more images than there are, names those that are missing', async () => {
    const decoded = await open(colored('images=6\nchannels=3\nslices=2', 1, false));
    expect(decoded.left?.detail).toBe('the first 1 of 2 slices were read');
  });

  test('gives what fits where the file ends early, and names the rest', async () => {
    const bytes = described(imageJ(999));
    const decoded = await open(bytes);
    expect(decoded.left?.code).toBe('truncated');
    const results = valuesOf(await resultsOf(decoded));
    expect(results.slice(0, 4)).toEqual(expected);
    expect(decoded.left?.detail).toBe(`the first ${results.length} of 999 slices were read`);
  });

  test('names planes that it cannot find: compressed ones', async () => {
    // PackBits: five bytes follow, then three.
    const packed = Uint8Array.of(5, 1, 2, 3, 4, 5, 6);
    const decoded = await open(described(imageJ(4), packed, { compression: [32773], stripBytes: [7] }));
    expect(decoded.frameCount).toBe(1);
    expect(decoded.left?.detail).toBe('the first 1 of 4 slices were read');
  });

  test('is one plane where nothing says otherwise', async () => {
    for (const text of ['images=4', 'ImageJ=1\nimages=1\n', '{"shape": [4, 2, 3]}'])
      expect((await open(described(text))).frameCount).toBe(1);
  });
});
