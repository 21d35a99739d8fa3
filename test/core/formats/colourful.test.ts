/** Colours of a file are found where they are asked for, whatever its format. */
import { describe, expect, test } from 'vitest';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { dicomFile } from '../../builders/dicom.ts';
import { pngFile, rawPngFile } from '../../builders/png.ts';

const SIDE = 16;
const GREY = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => Math.floor(i / 3));
const RED = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (i % 3 === 0 ? Math.floor(i / 3) : 0));
const LINES = Uint8Array.from({ length: SIDE * (SIDE + 1) }, (_, i) => (i % (SIDE + 1) === 0 ? 0 : i % 2));

const png = (values: Uint8Array) => pngFile({ rows: SIDE, columns: SIDE, values, channels: 3 });
const dicom = (values: Uint8Array) => dicomFile({ rows: SIDE, columns: SIDE, samples: 3, pixels: values });
const palette = (...entries: number[]) =>
  rawPngFile({
    ...{ rows: SIDE, columns: SIDE, depth: 8, colorType: 3, lines: LINES },
    palette: Uint8Array.from(entries),
  });

async function sliceOf(file: Uint8Array, heading: boolean) {
  for await (const slice of decodeFile(file, { antialias: true, heading })) {
    if (isSkip(slice)) throw new Error(slice.code);
    return slice;
  }
  throw new Error('no slice');
}

describe.each([
  ['PNG', png(GREY), png(RED)],
  ['PNG with a palette', palette(0, 0, 0, 200, 200, 200), palette(0, 0, 0, 200, 10, 10)],
  ['DICOM', dicom(GREY), dicom(RED)],
])('%s', (_, grey, red) => {
  test('tells colours from greys', async () => {
    expect((await sliceOf(red, true)).colourful).toBe(true);
    expect(await sliceOf(grey, true)).not.toHaveProperty('colourful');
  });

  test('gives the same slice whether it is asked or not', async () => {
    expect((await sliceOf(red, false)).slice).toEqual((await sliceOf(red, true)).slice);
    expect(await sliceOf(red, false)).not.toHaveProperty('colourful');
  });
});
