/** What breaks a rule of DICOM's or JPEG's and is read all the same, is noted among the facts; what keeps to them is not. */
import { describe, expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { concat, type DicomElement, dicomFile } from '../../builders/dicom.ts';
import { readGolden } from '../../harness/goldens.ts';

const ROWS = 4;
const COLUMNS = 6;
const pixels = Uint16Array.from({ length: ROWS * COLUMNS }, (_, i) => 100 * i);
const image = { rows: ROWS, columns: COLUMNS, pixels };

async function read(bytes: Uint8Array) {
  const decoded = await openFile(new Uint8Array(bytes), {});
  if (isSkip(decoded)) return { ...decoded };
  const frames = [];
  for await (const frame of decoded.frames())
    frames.push(isSkip(frame) ? frame.code : Array.from(frame.values));
  return { frames, deviations: decoded.facts.deviations };
}

test('a file that keeps to the rules has none', async () => {
  expect(await read(dicomFile(image))).toEqual({ frames: [Array.from(pixels)], deviations: [] });
});

describe('an element', () => {
  const file = dicomFile({ ...image, elements: [{ tag: 0x00081030, vr: 'LO', value: 'AB' }] });
  const vr = indexOf(file, [0x08, 0x00, 0x30, 0x10]) + 4;

  test.each([
    ['question marks', '??'],
    ['blanks', '  '],
    ['zeros', '\0\0'],
  ])('with %s for a VR is stepped over, and noted', async (_, letters) => {
    const bytes = file.slice();
    bytes.set(
      [...letters].map((letter) => letter.charCodeAt(0)),
      vr,
    );
    expect(await read(bytes)).toEqual({ frames: [Array.from(pixels)], deviations: ['odd-vr'] });
  });

  test('without a VR among others that have one keeps its long length', async () => {
    const bytes = file.slice();
    bytes.set([2, 0, 0, 0], vr);
    expect(await read(bytes)).toEqual({ frames: [Array.from(pixels)], deviations: [] });
  });
});

describe('a sequence', () => {
  const code = (value: string): DicomElement => ({ tag: 0x00080100, vr: 'SH', value });
  const procedure: DicomElement = { tag: 0x00081032, vr: 'SQ', value: [[code('AB'), code('CD')]] };
  const file = dicomFile({ ...image, elements: [procedure] });
  const items = 2 * 10;
  /** Where the length of the sequence stands, and that of its item. */
  const at = indexOf(file, [0x08, 0x00, 0x32, 0x10]) + 8;
  const item = at + 8;

  function withLengths(sequence: number, first: number): Uint8Array {
    const bytes = file.slice();
    const view = new DataView(bytes.buffer);
    view.setUint32(at, sequence, true);
    view.setUint32(item, first, true);
    return bytes;
  }

  test('of right lengths is stepped over', async () => {
    expect(await read(withLengths(items + 8, items))).toMatchObject({ deviations: [] });
  });

  test.each([
    ['shorter than its item', items + 6, items],
    ['shorter by an element', items - 2, items],
    ['as long as its items without their heads', items, items],
    ['with an item too short', items + 8, items - 2],
    ['with an item too long', items + 8, items + 8],
  ])('%s is noted, and the pixels behind it are read', async (_, sequence, first) => {
    expect(await read(withLengths(sequence, first))).toEqual({
      frames: [Array.from(pixels)],
      deviations: ['sequence-length'],
    });
  });

  test('whose lengths are far apart means nothing: the file is named', async () => {
    expect(await read(withLengths(items + 8, 5000))).toMatchObject({ code: expect.any(String) });
  });

  test('that the image needs is not guessed at', async () => {
    const groups = { tag: 0x52009229, vr: 'SQ', value: [[code('AB'), code('CD')]] };
    const bytes = dicomFile({ ...image, elements: [groups] });
    const place = indexOf(bytes, [0x00, 0x52, 0x29, 0x92]) + 8;
    new DataView(bytes.buffer).setUint32(place, items, true);
    expect(await read(bytes)).toMatchObject({ code: 'malformed' });
  });

  test('of undefined length ends an item that has no delimiter', async () => {
    const inside = concat([
      Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff),
      Uint8Array.of(0x08, 0x00, 0x00, 0x01, 0x53, 0x48, 0x02, 0x00, 0x41, 0x42),
      Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0),
    ]);
    const open = { tag: 0x00081032, vr: 'SQ', value: inside, open: true };
    expect(await read(dicomFile({ ...image, elements: [open] }))).toEqual({
      frames: [Array.from(pixels)],
      deviations: ['sequence-length'],
    });
  });
});

describe('a thumbnail whose sequence was removed', () => {
  const us = (tag: number, value: number): DicomElement => ({ tag, vr: 'US', value });
  const small = (rows: number) => [
    us(0x00280010, rows),
    us(0x00280011, 2),
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(4 * rows).fill(9) },
  ];
  /** The elements of the first picture, written in front of those of the image. */
  const behind = (rows: number) => {
    const whole = dicomFile({ ...image, elements: small(rows), pixels: new Uint16Array(2 * rows) });
    const later = dicomFile(image);
    return concat([whole, later.subarray(indexOf(later, [0x08, 0x00, 0x16, 0x00]))]);
  };

  test('gives way to the image behind it', async () => {
    expect(await read(behind(2))).toEqual({ frames: [Array.from(pixels)], deviations: ['thumbnail'] });
  });

  test('is the image where it is the larger one', async () => {
    expect(await read(behind(40))).toMatchObject({ frames: [new Array(80).fill(9 * 257)], deviations: [] });
  });
});

test('a palette of 16 bits whose data are bytes is read as bytes', async () => {
  const tags = [0, 1, 2];
  const elements: DicomElement[] = [
    ...tags.map((i) => ({ tag: 0x00281101 + i, vr: 'US', value: [4, 0, 16] })),
    ...tags.map((i) => ({ tag: 0x00281201 + i, vr: 'OW', value: Uint8Array.of(0, 50, 100, 200) })),
  ];
  const indices = Uint8Array.from({ length: ROWS * COLUMNS }, (_, i) => i % 4);
  const file = dicomFile({ ...image, pixels: indices, photometric: 'PALETTE COLOR', elements });
  expect(await read(file)).toEqual({
    frames: [Array.from(indices, (index) => [0, 50, 100, 200][index])],
    deviations: ['palette-width'],
  });
});

describe('bytes between the segments of a JPEG file', () => {
  const [golden] = readGolden<{ name: string; file: string }[]>('../formats/jpeg.json');
  const plain = new Uint8Array(Buffer.from(golden.file, 'base64'));

  test.each([
    ['DQT', 0xdb],
    ['SOF', 0xc0],
    ['DHT', 0xc4],
    ['SOS', 0xda],
  ])('are stepped over before %s', async (_, marker) => {
    const at = indexOf(plain, [0xff, marker]);
    const stray = concat([
      plain.slice(0, at),
      Uint8Array.from([104, 101, 108, 0xff, 0, 111]),
      plain.slice(at),
    ]);
    const { frames, deviations } = await read(stray);
    expect(frames).toEqual((await read(plain)).frames);
    expect(deviations).toEqual(['stray-bytes']);
  });

  test('are none where 0xFF is repeated', async () => {
    const at = indexOf(plain, [0xff, 0xdb]);
    const filled = concat([plain.slice(0, at), Uint8Array.of(0xff, 0xff, 0xff), plain.slice(at)]);
    expect(await read(filled)).toEqual(await read(plain));
  });
});

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  return Buffer.from(bytes).indexOf(Uint8Array.from(wanted));
}
