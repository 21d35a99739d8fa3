/** Frames read again for a person to look at. */

import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import type { Padding } from '../../../src/core/image/frame.ts';
import { createInspector, type RawImage } from '../../../src/core/inspect/service.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { dicomFile } from '../../builders/dicom.ts';
import { makeZip } from '../../builders/zip.ts';

const context = { signal: new AbortController().signal, emit: () => {} };
const pixels = Int16Array.from({ length: 3 * 64 }, (_, i) => i - 30);
const bytes = dicomFile({
  rows: 8,
  columns: 8,
  frames: 3,
  pixels,
  elements: [
    { tag: 0x00281052, vr: 'DS', value: '-1024' },
    { tag: 0x00281053, vr: 'DS', value: '2' },
    { tag: 0x00280101, vr: 'US', value: 12 },
    { tag: 0x00280102, vr: 'US', value: 11 },
  ],
});

async function look(frame: number, file = new Blob([bytes]), inside: string | null = null) {
  const original = { id: 'o', file, inside };
  return createInspector().frame({ original, frame, preprocessing: DEFAULT_OPTIONS }, context);
}

test('a frame comes with its stored numbers, its scale and what its bits can hold', async () => {
  const image = (await look(1)) as RawImage;
  expect([...image.values.slice(0, 3)]).toEqual([34, 35, 36]);
  expect(image).toMatchObject({ rows: 8, columns: 8, slope: 2, intercept: -1024, frames: 3 });
  expect(image.range).toEqual({ low: -2048 * 2 - 1024, high: 2047 * 2 - 1024 });
  expect(image.histogram).toMatchObject({ low: 34 * 2 - 1024, high: 97 * 2 - 1024 });
});

test('its slice is the one that ingest stores', async () => {
  const slices: Uint8Array[] = [];
  for await (const result of decodeFile(bytes, { antialias: false })) {
    if (!isSkip(result)) slices.push(result.slice);
  }
  for (const frame of [0, 1, 2]) expect(((await look(frame)) as RawImage).slice).toEqual(slices[frame]);
});

test('padding counts as the project says, also in a file that is open already', async () => {
  const padded = dicomFile({
    rows: 2,
    columns: 2,
    pixels: Int16Array.of(-2000, 10, 20, 30),
    elements: [{ tag: 0x00280120, vr: 'SS', value: -2000 }],
  });
  const original = { id: 'o', file: new Blob([padded]), inside: null };
  const inspector = createInspector();
  const read = async (padding: Padding) =>
    (await inspector.frame(
      { original, frame: 0, preprocessing: { antialias: false, padding } },
      context,
    )) as RawImage;
  const left = await read('exclude');
  expect(left.padding).toEqual({ low: -2000, high: -2000 });
  expect(left.histogram).toMatchObject({ low: 10, pixels: 3 });
  const counted = await read('include');
  expect(counted.padding).toBeNull();
  expect(counted.histogram).toMatchObject({ low: -2000, pixels: 4 });
  // The right upper corner is the darkest of the rest, or nearly as bright as the brightest.
  expect([left, counted].map(({ slice }) => slice![223])).toEqual([0, 252]);
});

test('MONOCHROME1 has its own values, and is shown inverted', async () => {
  const file = dicomFile({
    rows: 2,
    columns: 2,
    pixels: Uint8Array.of(0, 1, 2, 3),
    photometric: 'MONOCHROME1',
  });
  const image = (await look(0, new Blob([file]))) as RawImage;
  expect(image).toMatchObject({ inverted: true, slope: 1, intercept: 0 });
  expect(image.histogram).toMatchObject({ low: 0, high: 3 });
});

test('a file in an archive is found by its place in it', async () => {
  const archive = new Blob([makeZip([{ name: 'a/1.dcm', content: bytes, deflate: true }])]);
  expect(await look(0, archive, 'a/1.dcm')).toMatchObject({ rows: 8 });
  expect(await look(0, archive, 'a/2.dcm')).toEqual({ code: 'unreadable' });
});

test('what can’t be read is a skip', async () => {
  expect(await look(0, new Blob(['text']))).toMatchObject({ code: 'not-an-image' });
  expect(await look(9)).toMatchObject({ code: 'truncated' });
});

test('tells number and description of a file’s series', async () => {
  const heading = (file: Blob) => createInspector().heading({ original: { id: 'o', file, inside: null } });
  const named = dicomFile({
    rows: 2,
    columns: 2,
    pixels: Int16Array.of(0, 10, 20, 30),
    elements: [
      { tag: 0x00080060, vr: 'CS', value: 'CT' },
      { tag: 0x0008103e, vr: 'LO', value: 'Thorax 5.0' },
      { tag: 0x00200011, vr: 'IS', value: '4' },
    ],
  });
  expect(await heading(new Blob([named]))).toEqual({ number: 4, description: 'Thorax 5.0' });
  expect(await heading(new Blob([bytes]))).toBeNull();
  expect(await heading(new Blob(['no image']))).toBeNull();
});
