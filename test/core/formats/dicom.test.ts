/** DICOM: what is read, what is left unread, and what files that break the rules end in. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TAGS, WANTED } from '../../../src/core/dicom/tags.ts';
import { decodeFile, openFile } from '../../../src/core/formats/decode.ts';
import type { Decoded, DecodedSlice } from '../../../src/core/formats/types.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { isSkip, SKIP_CODES, type Skip } from '../../../src/core/skip.ts';
import {
  concat,
  type DicomElement,
  type DicomImage,
  dicomFile,
  type SyntaxName,
} from '../../builders/dicom.ts';
import { bytesOf, type GoldenFile, readGolden } from '../../harness/goldens.ts';

const pixels = Uint16Array.from({ length: 6 * 8 }, (_, i) => (i * 37) % 1000);
const image: DicomImage = { rows: 6, columns: 8, pixels };

async function slicesOf(bytes: Uint8Array): Promise<(DecodedSlice | Skip)[]> {
  const results = [];
  for await (const result of decodeFile(bytes, { antialias: false })) results.push(result);
  return results;
}

async function opened(changes: Partial<DicomImage>): Promise<Decoded> {
  const decoded = await openFile(dicomFile({ ...image, ...changes }), {});
  if (isSkip(decoded)) throw new Error(`${decoded.code} ${decoded.detail}`);
  return decoded;
}

const HEADED: readonly DicomElement[] = [
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.6.1' },
  { tag: 0x0008103e, vr: 'LO', value: 'Leber quer' },
];

test('what a file says of its series for people is read only where it is asked for', async () => {
  const bytes = dicomFile({ ...image, elements: HEADED });
  expect((await openFile(bytes, {})) as Decoded).not.toHaveProperty('heading');
  const objectClass = '1.2.840.10008.5.1.4.1.1.6.1';
  expect(await openFile(bytes, { heading: true })).toMatchObject({
    heading: { description: 'Leber quer', objectClass },
  });
  const own = [{ tag: 0x00080016, vr: 'UI', value: '1.2.3.4' }];
  expect(await openFile(dicomFile({ ...image, elements: own }), { heading: true })).toMatchObject({
    heading: { description: null, objectClass: null },
  });
});

async function firstFrame(changes: Partial<DicomImage>): Promise<Frame> {
  for await (const frame of (await opened(changes)).frames()) if (!isSkip(frame)) return frame;
  throw new Error('no frame');
}

async function skipOf(changes: Partial<DicomImage>): Promise<Skip> {
  const [result] = await slicesOf(dicomFile({ ...image, ...changes }));
  if (!isSkip(result)) throw new Error('not skipped');
  return result;
}

describe('a file', () => {
  const syntaxes: SyntaxName[] = ['explicit', 'implicit', 'bigEndian', 'deflated'];

  test.each(syntaxes)('in %s has its pixels, its facts and its identity', async (syntax) => {
    const decoded = await opened({ syntax, modality: 'MR', patient: 'P7', instanceNumber: 12 });
    expect(decoded.identity).toEqual({
      patient: 'P7',
      study: '1.2.3',
      series: '1.2.3.1',
      instance: '1.2.3.4',
    });
    expect(decoded.facts).toMatchObject({
      format: 'dicom',
      modalityTag: 'MR',
      rows: 6,
      columns: 8,
      bits: 16,
    });
    const frame = await firstFrame({ syntax, instanceNumber: 12 });
    expect(Array.from(frame.values)).toEqual(Array.from(pixels));
    expect(frame.instanceNumber).toBe(12);
  });

  test.each(syntaxes)(
    'in %s is read without preamble and meta information, or refused by name',
    async (syntax) => {
      const [result] = await slicesOf(dicomFile({ ...image, syntax, meta: false }));
      if (syntax === 'deflated') expect(result).toEqual({ code: 'not-an-image' });
      else expect(result).toMatchObject({ facts: { modalityTag: 'CT' } });
    },
  );

  test.each([
    ['explicit', 'implicit'],
    ['implicit', 'explicit'],
  ] as const)(
    'that claims %s VRs and writes %s ones is believed in what it does',
    async (claimed, written) => {
      const [honest, body] = [
        dicomFile({ ...image, syntax: claimed }),
        dicomFile({ ...image, syntax: claimed, meta: false }),
      ];
      const meta = honest.slice(0, honest.length - body.length);
      const lie = concat([meta, dicomFile({ ...image, syntax: written, meta: false })]);
      const [expected] = await slicesOf(honest);
      const [actual] = await slicesOf(lie);
      expect((actual as DecodedSlice).slice).toEqual((expected as DecodedSlice).slice);
    },
  );

  test('lends its own memory to the pixels where their place allows it', async () => {
    const bytes = dicomFile(image);
    const decoded = (await openFile(bytes, {})) as Decoded;
    for await (const frame of decoded.frames()) expect((frame as Frame).values.buffer).toBe(bytes.buffer);
  });

  test('gives the same wherever in memory it lies', async () => {
    const bytes = dicomFile(image);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(await slicesOf(shifted)).toEqual(await slicesOf(bytes));
  });
});

describe('facts', () => {
  test('are cut to what their VR allows, of printable characters', async () => {
    const elements: DicomElement[] = [
      { tag: TAGS.manufacturer, vr: 'LO', value: `ACME\u0007 ${'x'.repeat(99)}` },
      { tag: TAGS.bodyPart, vr: 'CS', value: 'CHEST ' },
      { tag: TAGS.view, vr: 'CS', value: '' },
    ];
    const { facts } = await opened({ elements });
    expect(facts.manufacturer).toBe(`ACME? ${'x'.repeat(58)}`);
    expect(facts).toMatchObject({ bodyPart: 'CHEST', view: null, model: null });
  });

  test('are an allow-list: names, dates and descriptions stay unread', async () => {
    const planted = [0x00100010, 0x00100030, 0x00080020, 0x00081030, 0x0008103e, 0x00080080, 0x00104000];
    const elements = planted.map((tag) => ({ tag, vr: 'LO', value: 'CANARY' }));
    const decoded = await opened({ elements });
    expect(JSON.stringify([decoded.facts, decoded.identity])).not.toContain('CANARY');
    for (const tag of planted) expect(WANTED.has(tag)).toBe(false);
  });

  test('prefer the laterality of the image to that of the series', async () => {
    const series: DicomElement = { tag: TAGS.laterality, vr: 'CS', value: 'L' };
    expect((await opened({ elements: [series] })).facts.laterality).toBe('L');
    const both = [series, { tag: TAGS.imageLaterality, vr: 'CS', value: 'R' }];
    expect((await opened({ elements: both })).facts.laterality).toBe('R');
  });
});

describe('modality values', () => {
  test.each([
    ['2', '-5', 2, -5],
    ['not a number', '', 1, 0],
    ['0', '3', 1, 3],
    ['1e999', 'NaN', 1, 0],
  ])('with slope %j and intercept %j are stored × %d + %d', async (slope, intercept, a, b) => {
    const elements = [
      { tag: TAGS.rescaleSlope, vr: 'DS', value: slope },
      { tag: TAGS.rescaleIntercept, vr: 'DS', value: intercept },
    ];
    expect(await firstFrame({ elements })).toMatchObject({ slope: a, intercept: b });
  });

  test('of MONOCHROME1 are negated, so that its slice is that of the inverted image', async () => {
    const [inverted] = await slicesOf(dicomFile({ ...image, photometric: 'MONOCHROME1' }));
    const [plain] = await slicesOf(dicomFile({ ...image, pixels: pixels.map((value) => 1000 - value) }));
    const differences = (inverted as DecodedSlice).slice.map((value, i) =>
      Math.abs(value - (plain as DecodedSlice).slice[i]),
    );
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  test('of signed pixels keep their sign at any number of bits', () => {
    const widths = fc.integer({ min: 2, max: 16 });
    return fc.assert(
      fc.asyncProperty(
        widths,
        fc.array(fc.nat(65_535), { minLength: 4, maxLength: 4 }),
        async (stored, words) => {
          const elements = [
            { tag: TAGS.bitsStored, vr: 'US', value: stored },
            { tag: TAGS.highBit, vr: 'US', value: stored - 1 },
            { tag: TAGS.pixelRepresentation, vr: 'US', value: 1 },
          ];
          const { values } = await firstFrame({
            rows: 2,
            columns: 2,
            pixels: Uint16Array.from(words),
            elements,
          });
          const half = 2 ** (stored - 1);
          expect(Array.from(values)).toEqual(
            words.map((word) => (((word % (2 * half)) + half) % (2 * half)) - half),
          );
        },
      ),
    );
  });
});

describe('several frames', () => {
  const frames = Uint16Array.from({ length: 3 * 48 }, (_, i) => (i * 31) % 997);

  test('are slices with their number', async () => {
    const results = await slicesOf(dicomFile({ ...image, pixels: frames, frames: 3 }));
    expect(results).toMatchObject([{ frame: 0 }, { frame: 1 }, { frame: 2 }]);
  });

  test('of which one is blank leave the others alone', async () => {
    const results = await slicesOf(
      dicomFile({ ...image, pixels: frames.map((v, i) => (i >= 48 && i < 96 ? 5 : v)), frames: 3 }),
    );
    expect(results).toMatchObject([{ frame: 0 }, { code: 'blank', frame: 1 }, { frame: 2 }]);
  });

  test('of which one is damaged leave the others alone', async () => {
    const golden = readGolden<GoldenFile[]>('files.json').find(
      ({ name }) => name === 'DICOM RLE three frames',
    );
    const bytes = bytesOf(golden as GoldenFile);
    const second = lastIndexOf(
      bytes,
      [0xfe, 0xff, 0x00, 0xe0],
      lastIndexOf(bytes, [0xfe, 0xff, 0x00, 0xe0]) - 1,
    );
    bytes[second + 8] = 99;
    expect(await slicesOf(bytes)).toMatchObject([
      { frame: 0 },
      { code: 'malformed', frame: 1 },
      { frame: 2 },
    ]);
  });
});

describe('a file is skipped', () => {
  test.each([
    ['1.2.840.10008.5.1.4.1.1.88.11', 'structured report'],
    ['1.2.840.10008.5.1.4.1.1.88.59', 'key object selection'],
    ['1.2.840.10008.5.1.4.1.1.481.3', 'RT structure set'],
    ['1.2.840.10008.5.1.4.1.1.66.4', 'segmentation'],
    ['1.2.840.10008.5.1.4.1.1.11.1', 'presentation state'],
    ['1.2.840.10008.1.3.10', 'directory'],
  ])('of class %s, since a %s is no image', async (sopClass, detail) => {
    const elements = [{ tag: TAGS.sopClass, vr: 'UI', value: sopClass }];
    expect(await skipOf({ elements })).toEqual({ code: 'dicom-no-pixels', detail });
  });

  test('without pixels, and with pixels only in an icon', async () => {
    const none = { tag: TAGS.pixels, vr: '', value: '' };
    expect(await skipOf({ elements: [none] })).toEqual({ code: 'dicom-no-pixels' });
    const icon = {
      tag: 0x00880200,
      vr: 'SQ',
      value: [[{ tag: TAGS.pixels, vr: 'OW', value: new Uint8Array(96) }]],
    };
    expect(await skipOf({ elements: [none, icon] })).toEqual({ code: 'dicom-no-pixels' });
  });

  const us = (tag: number, value: number): DicomElement => ({ tag, vr: 'US', value });
  const refused: [string, DicomElement[], string][] = [
    ['0 rows', [us(TAGS.rows, 0)], 'malformed'],
    ['1 column', [us(TAGS.columns, 1)], 'pixel-layout'],
    ['more pixels than the limit', [us(TAGS.rows, 65_535), us(TAGS.columns, 65_535)], 'too-large'],
    [
      'more bytes a frame than the limit',
      [us(TAGS.rows, 6000), us(TAGS.columns, 6000), us(TAGS.bitsAllocated, 32)],
      'too-large',
    ],
    ['more pixels than there are', [us(TAGS.rows, 600)], 'truncated'],
    ['-1 frames', [{ tag: TAGS.numberOfFrames, vr: 'IS', value: '-1' }], 'malformed'],
    ['12 bits allocated', [us(TAGS.bitsAllocated, 12)], 'pixel-layout'],
    ['17 of 16 bits stored', [us(TAGS.bitsStored, 17)], 'pixel-layout'],
    ['2 samples a pixel', [us(TAGS.samplesPerPixel, 2)], 'pixel-layout'],
    [
      'an unknown photometric interpretation',
      [{ tag: TAGS.photometric, vr: 'CS', value: 'FOO' }],
      'pixel-layout',
    ],
    [
      'a palette without tables',
      [{ tag: TAGS.photometric, vr: 'CS', value: 'PALETTE COLOR' }],
      'pixel-layout',
    ],
  ];
  test.each(refused)('that has %s', async (_, elements, code) => {
    expect(await skipOf({ elements })).toMatchObject({ code });
  });

  test('that nests too deeply, and not before', async () => {
    const nested = (depth: number): DicomElement => {
      const inner = depth > 1 ? [nested(depth - 1)] : [];
      return { tag: 0x0040a730, vr: 'SQ', value: [inner] };
    };
    expect(await slicesOf(dicomFile({ ...image, elements: [nested(32)] }))).toMatchObject([{ frame: 0 }]);
    expect(await skipOf({ elements: [nested(33)] })).toMatchObject({ code: 'too-large' });
  });

  test('that is cut anywhere, unless only its padding is missing', async () => {
    const bytes = dicomFile(image);
    for (let length = 132; length < bytes.length; length += 7) {
      const results = await slicesOf(bytes.slice(0, length));
      expect(results).toHaveLength(1);
      expect((results[0] as Skip).code).toMatch(/truncated|dicom-no-pixels/);
    }
  });
});

test('any damage ends in slices or named skips, never in an exception', async () => {
  const element = { tag: 0x00081140, vr: 'SQ', value: [[{ tag: 0x00081150, vr: 'UI', value: '1.2' }]] };
  const seeds = [
    dicomFile({ ...image, elements: [element] }),
    ...readGolden<GoldenFile[]>('files.json')
      .filter(({ name }) =>
        /RLE uint8|lossless int16|JPEG-LS RGB|baseline$|2000 uint8|palette|fragments/.test(name),
      )
      .map(bytesOf),
  ];
  const damage = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255)),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), damage, async (seed, changes) => {
      const bytes = seed.slice();
      for (const [place, value] of changes) bytes[132 + Math.floor(place * (bytes.length - 132))] = value;
      const results = await slicesOf(bytes);
      expect(results.length).toBeGreaterThan(0);
      for (const result of results) if (isSkip(result)) expect(SKIP_CODES).toHaveProperty(result.code);
    }),
    { numRuns: 400 },
  );
});

function lastIndexOf(bytes: Uint8Array, pattern: number[], from = bytes.length): number {
  for (let at = from; at >= 0; at--) if (pattern.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}
