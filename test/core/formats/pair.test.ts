/** Images in two files: what their headers say, and what is none. */

import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import type { Decoded } from '../../../src/core/formats/types.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { dicomFile } from '../../builders/dicom.ts';
import { analyzePair, niftiPair } from '../../builders/nifti.ts';
import { bytesOf, type GoldenPair, readGolden } from '../../harness/goldens.ts';

async function framesOf(decoded: Decoded): Promise<number[][]> {
  const frames: number[][] = [];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) throw new Error(frame.code);
    frames.push(Array.from(frame.values, (stored) => stored * frame.slope + frame.intercept));
  }
  return frames;
}

const packed = (bytes: Uint8Array) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? bytes : gzipSync(bytes));

describe.each(readGolden<GoldenPair[]>('pairs.json'))('$name', (golden) => {
  const header = new Uint8Array(Buffer.from(golden.header, 'base64'));

  test.each([
    ['', header, bytesOf(golden)],
    [', gzipped', gzipSync(header), packed(bytesOf(golden))],
  ])('has the values of the library that wrote it%s', async (_, head, pixels) => {
    const decoded = await openFile(pixels, { header: head });
    if (isSkip(decoded)) throw new Error(decoded.code);
    const frames = await framesOf(decoded);
    expect(decoded.facts).toMatchObject({ rows: golden.rows, columns: golden.columns });
    expect(frames).toEqual(golden.frames.map(({ values }) => values));
  });
});

const values = Int16Array.from({ length: 4 * 3 * 2 }, (_, i) => i);
const image = { shape: [4, 3, 2], values };

async function codeOf({ header, pixels }: { header: Uint8Array | null; pixels: Uint8Array }) {
  const decoded = await openFile(pixels, { header });
  return isSkip(decoded) ? decoded.code : decoded.facts.format;
}

describe('a pair', () => {
  test('may begin anywhere in the other file', async () => {
    const { header, pixels } = niftiPair(image);
    new DataView(header.buffer).setFloat32(108, 16, true);
    const decoded = await openFile(new Uint8Array([...new Uint8Array(16), ...pixels]), { header });
    if (isSkip(decoded)) throw new Error(decoded.code);
    expect((await framesOf(decoded)).flat()).toEqual([...values]);
  });

  test('of a NIfTI whose pixels end early is truncated; more of them do no harm', async () => {
    const { header, pixels } = niftiPair(image);
    expect(await codeOf({ header, pixels: pixels.subarray(0, 23) })).toBe('truncated');
    expect(await codeOf({ header, pixels: new Uint8Array([...pixels, 0]) })).toBe('nifti');
  });

  test('of an ANALYZE may be longer than its header says, and leave out its bits; both is told', async () => {
    for (const littleEndian of [true, false]) {
      const { header, pixels } = analyzePair({ ...image, littleEndian });
      expect(await codeOf({ header, pixels: pixels.subarray(0, 23) })).toBe('truncated');
      new DataView(header.buffer).setInt16(72, 0);
      for (const spare of [0, 1, 464]) {
        const decoded = await openFile(new Uint8Array([...pixels, ...new Uint8Array(spare)]), { header });
        if (isSkip(decoded)) throw new Error(decoded.code);
        expect((await framesOf(decoded)).flat()).toEqual([...values]);
        expect(decoded.facts.deviations).toEqual(['bits-of-type', ...(spare ? ['spare-bytes'] : [])]);
      }
    }
  });

  test.each([
    ['another size of itself', (view: DataView) => view.setInt32(0, 340, true)],
    ['no axes', (view: DataView) => view.setInt16(40, 0, true)],
    ['eight axes', (view: DataView) => view.setInt16(40, 8, true)],
    ['a negative axis', (view: DataView) => view.setInt16(44, -3, true)],
    ['a type of NIfTI', (view: DataView) => view.setInt16(70, 512, true)],
    ['a fraction of an offset', (view: DataView) => view.setFloat32(108, 0.5, true)],
  ])('is no ANALYZE with %s', async (_, spoil) => {
    const { header, pixels } = analyzePair(image);
    spoil(new DataView(header.buffer));
    expect(await codeOf({ header, pixels })).toBe('not-an-image');
  });

  test('whose header is none leaves the other file to speak for itself', async () => {
    const pixels = dicomFile({ rows: 2, columns: 2, pixels: new Uint8Array(4) });
    expect(await codeOf({ header: new Uint8Array(400), pixels })).toBe('dicom');
    expect(await codeOf({ header: null, pixels })).toBe('dicom');
  });

  test('of which one is missing says so, whichever it is', async () => {
    for (const { header, pixels } of [niftiPair(image), analyzePair(image)]) {
      expect(await codeOf({ header: null, pixels })).toBe('two-files');
      const alone = await openFile(header, {});
      expect(alone).toMatchObject({ code: 'two-files' });
    }
  });
});
