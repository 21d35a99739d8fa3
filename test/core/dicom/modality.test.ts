/** Modality LUTs, segmented palettes, slopes of each frame, padding: the rules, and what breaks them. */

import { describe, expect, test } from 'vitest';
import { TAGS } from '../../../src/core/dicom/tags.ts';
import { decodeFile, openFile } from '../../../src/core/formats/decode.ts';
import type { DecodeContext } from '../../../src/core/formats/types.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { isSkip, type Skip } from '../../../src/core/skip.ts';
import { type DicomElement, type DicomImage, dicomFile } from '../../builders/dicom.ts';

const pixels = Uint16Array.from({ length: 4 * 4 }, (_, i) => i);
const image: DicomImage = { rows: 4, columns: 4, pixels };

async function framesOf(changes: Partial<DicomImage>, context: DecodeContext = {}): Promise<Frame[] | Skip> {
  const decoded = await openFile(dicomFile({ ...image, ...changes }), context);
  if (isSkip(decoded)) return decoded;
  const frames = [];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) return frame;
    frames.push(frame);
  }
  return frames;
}

async function valuesOf(changes: Partial<DicomImage>, context?: DecodeContext): Promise<number[][]> {
  const frames = await framesOf(changes, context);
  if (isSkip(frames)) throw new Error(`${frames.code} ${frames.detail}`);
  return frames.map(({ values, slope, intercept }) => Array.from(values, (v) => v * slope + intercept));
}

function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(values).buffer);
}

function modalityLut(descriptor: number[], data: Uint8Array): DicomElement {
  const item = [
    { tag: TAGS.lutDescriptor, vr: 'US', value: descriptor },
    { tag: TAGS.lutData, vr: 'OW', value: data },
  ];
  return { tag: TAGS.modalityLuts, vr: 'SQ', value: [item] };
}

describe('a modality LUT', () => {
  const lut = modalityLut([3, 5, 16], words(100, 200, 400));
  const expected = Array.from(pixels, (v) => (v <= 5 ? 100 : v === 6 ? 200 : 400));

  test('maps what it names, and what lies beyond to its ends', async () => {
    expect(await valuesOf({ elements: [lut] })).toEqual([expected]);
  });

  test('of bytes may be packed', async () => {
    const packed = modalityLut([4, 0, 8], Uint8Array.of(7, 8, 9, 10));
    expect((await valuesOf({ elements: [packed] }))[0].slice(0, 5)).toEqual([7, 8, 9, 10, 10]);
  });

  test('takes the place of slope and intercept, and is turned with MONOCHROME1', async () => {
    const rescale = [
      { tag: TAGS.rescaleSlope, vr: 'DS', value: '9' },
      { tag: TAGS.rescaleIntercept, vr: 'DS', value: '7' },
    ];
    expect(await valuesOf({ elements: [lut, ...rescale] })).toEqual([expected]);
    const turned = await valuesOf({ elements: [lut], photometric: 'MONOCHROME1' });
    expect(turned).toEqual([expected.map((v) => -v)]);
  });

  test('that says nothing is none', async () => {
    const empty: DicomElement = { tag: TAGS.modalityLuts, vr: 'SQ', value: [[]] };
    expect(await valuesOf({ elements: [empty] })).toEqual([Array.from(pixels)]);
  });

  test('shorter than it says is named', async () => {
    const short = modalityLut([200, 0, 16], words(1, 2, 3));
    expect(await framesOf({ elements: [short] })).toMatchObject({ code: 'pixel-layout' });
  });
});

describe('a segmented palette', () => {
  const DISCRETE = 0;
  const LINEAR = 1;
  const INDIRECT = 2;
  const palette = (count: number, ...table: number[]): Partial<DicomImage> => ({
    photometric: 'PALETTE COLOR',
    elements: [
      ...[TAGS.redDescriptor, TAGS.greenDescriptor, TAGS.blueDescriptor].map((tag) => ({
        ...{ tag, vr: 'US', value: [count, 0, 16] },
      })),
      ...[TAGS.redSegments, TAGS.greenSegments, TAGS.blueSegments].map((tag) => ({
        ...{ tag, vr: 'OW', value: words(...table) },
      })),
    ],
  });

  test('is discrete, linear and repeated segments', async () => {
    const [values] = await valuesOf(
      palette(9, DISCRETE, 1, 10, LINEAR, 3, 40, INDIRECT, 2, 0, 0, DISCRETE, 1, 7),
    );
    expect(values.slice(0, 10)).toEqual([10, 20, 30, 40, 10, 20, 30, 40, 7, 7]);
  });

  test.each([
    ['begins with a line', [LINEAR, 9, 40]],
    ['begins with a repetition', [INDIRECT, 1, 0, 0]],
    ['ends early', [DISCRETE, 3, 1, 2, 3]],
    ['promises more than is there', [DISCRETE, 900, 1, 2, 3]],
    ['has a segment without entries', [DISCRETE, 1, 1, DISCRETE, 0, LINEAR, 9, 40]],
    ['repeats a repetition', [DISCRETE, 1, 1, INDIRECT, 1, 6, 0, INDIRECT, 1, 6, 0]],
    ['repeats what lies beyond', [DISCRETE, 1, 1, INDIRECT, 1, 600, 0]],
    ['has an unknown segment', [DISCRETE, 1, 1, 3, 9, 40]],
  ])('that %s is named', async (_, table) => {
    expect(await framesOf(palette(9, ...table))).toMatchObject({ code: 'pixel-layout', detail: 'palette' });
  });
});

describe('slopes of frames', () => {
  const transformation = (slope: string): DicomElement => ({
    ...{ tag: TAGS.valueTransformations, vr: 'SQ' },
    value: [[{ tag: TAGS.rescaleSlope, vr: 'DS', value: slope }]],
  });
  const group = (tag: number, ...items: DicomElement[][]): DicomElement => ({ tag, vr: 'SQ', value: items });
  const stack = { frames: 3, pixels: new Uint16Array(48).fill(1) };
  const slopes = async (...elements: DicomElement[]) =>
    (await valuesOf({ ...stack, elements })).map(([first]) => first);

  test('come from the frame, else from what all share, else from the data set', async () => {
    const rescale = { tag: TAGS.rescaleSlope, vr: 'DS', value: '5' };
    const shared = group(TAGS.sharedGroups, [transformation('3')]);
    const own = group(TAGS.frameGroups, [transformation('-2')], [], [transformation('4')]);
    expect(await slopes(rescale, shared, own)).toEqual([-2, 3, 4]);
    expect(await slopes(rescale, own)).toEqual([-2, 5, 4]);
    expect(await slopes(rescale)).toEqual([5, 5, 5]);
  });

  test('of frames that the groups don’t reach are those of the data set', async () => {
    expect(await slopes(group(TAGS.frameGroups, [transformation('7')]))).toEqual([7, 1, 1]);
  });
});

describe('padding', () => {
  const values = Uint16Array.from(pixels, (v) => (v < 4 ? 60_000 : 100 + v));
  const padded = (extra: readonly DicomElement[] = []) =>
    dicomFile({
      ...image,
      pixels: values,
      elements: [{ tag: TAGS.paddingValue, vr: 'US', value: 60_000 }, ...extra],
    });

  async function brightest(bytes: Uint8Array, padding?: 'exclude' | 'include'): Promise<number> {
    for await (const result of decodeFile(bytes, { antialias: false, ...(padding && { padding }) })) {
      // The last pixel is the largest that is no padding.
      if (!isSkip(result)) return result.slice[result.slice.length - 1];
    }
    throw new Error('no slice');
  }

  test('stretches min-max only where a caller wants the paper’s way', async () => {
    expect(await brightest(padded())).toBe(255);
    expect(await brightest(padded(), 'exclude')).toBe(255);
    expect(await brightest(padded(), 'include')).toBe(0);
  });

  test('is left out before a modality LUT hides it', async () => {
    const lut = modalityLut([256, 0, 16], words(...Array.from({ length: 255 }, (_, i) => i), 9_999));
    expect(await brightest(padded([lut]))).toBe(255);
    expect(await brightest(padded([lut]), 'include')).toBeLessThan(5);
  });
});

test('compressed floating point numbers are refused by name', async () => {
  const floating = { tag: TAGS.floatPixels, vr: 'OF', value: new Uint8Array(16), open: true };
  const none = { tag: TAGS.pixels, vr: '', value: '' };
  expect(await framesOf({ syntax: 'rle', elements: [none, floating] })).toMatchObject({
    code: 'pixel-layout',
  });
});

test('an enhanced object may have more elements than any other header', async () => {
  const slope = { tag: TAGS.rescaleSlope, vr: 'DS', value: '3' };
  const rest = Array.from({ length: 60 }, (_, i) => ({ tag: 0x00290000 + i, vr: 'US', value: 1 }));
  const frame: DicomElement[] = [
    { tag: TAGS.valueTransformations, vr: 'SQ', value: [[slope], [{ ...slope, value: '9' }]] },
    ...rest,
  ];
  const groups: DicomElement = { tag: TAGS.frameGroups, vr: 'SQ', value: new Array(2_000).fill(frame) };
  const [values] = await valuesOf({ elements: [groups] });
  // Of several transformations the first one counts.
  expect(values).toEqual(Array.from(pixels, (v) => 3 * v));
});
