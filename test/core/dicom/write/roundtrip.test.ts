/** DICOM files written here are read here with the same numbers. */
import { describe, expect, test } from 'vitest';
import { pixelElement, type StoredFrame } from '../../../../src/core/dicom/write/compress.ts';
import { type DicomElement, writeElement } from '../../../../src/core/dicom/write/element.ts';
import { dicomBytes } from '../../../../src/core/dicom/write/file.ts';
import { encodeRle } from '../../../../src/core/dicom/write/rle.ts';
import { SYNTAX, type SyntaxName } from '../../../../src/core/dicom/write/syntax.ts';
import { openFile } from '../../../../src/core/formats/decode.ts';
import { random } from '../../../../src/core/random.ts';
import { isSkip } from '../../../../src/core/skip.ts';

const [ROWS, COLUMNS] = [33, 47];
const SYNTAXES = (Object.keys(SYNTAX) as SyntaxName[]).filter((name) => name !== 'jpeg');

const LAYOUTS = [
  { precision: 8, signed: false },
  { precision: 8, signed: true },
  { precision: 10, signed: false },
  { precision: 12, signed: false },
  { precision: 12, signed: true },
  { precision: 16, signed: false },
  { precision: 16, signed: true },
];

/** Noise, runs, and the two ends of the range side by side. */
function picture(precision: number, signed: boolean): StoredFrame {
  const low = signed ? -(2 ** (precision - 1)) : 0;
  const high = low + 2 ** precision - 1;
  const dice = random(7, precision);
  const value = (_: unknown, at: number) => {
    const row = Math.floor(at / COLUMNS);
    if (row % 4 === 0) return low;
    if (row % 4 === 1) return at % 2 ? low : high;
    if (row % 4 === 2) return low + Math.floor(((at % COLUMNS) / COLUMNS) * (high - low));
    return low + dice.integer(high - low + 1);
  };
  const kind = precision > 8 ? (signed ? Int16Array : Uint16Array) : signed ? Int8Array : Uint8Array;
  return new kind(Array.from({ length: ROWS * COLUMNS }, value));
}

describe.each(SYNTAXES)('what is written as %s', (syntax) => {
  test.each(LAYOUTS)('is read with the same numbers: $precision bits, signed $signed', async (layout) => {
    const { precision, signed } = layout;
    const values = picture(precision, signed);
    const us = (tag: number, value: number): DicomElement => ({ tag, vr: 'US', value });
    const elements: DicomElement[] = [
      { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
      { tag: 0x00080060, vr: 'CS', value: 'CT' },
      us(0x00280002, 1),
      { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
      us(0x00280010, ROWS),
      us(0x00280011, COLUMNS),
      us(0x00280100, precision > 8 ? 16 : 8),
      us(0x00280101, precision),
      us(0x00280102, precision - 1),
      us(0x00280103, signed ? 1 : 0),
      await pixelElement(values, { rows: ROWS, columns: COLUMNS, precision, signed }, syntax as 'rle'),
    ];
    const opened = await openFile(dicomBytes(elements, syntax, []), {});
    if (isSkip(opened)) throw new Error(JSON.stringify(opened));
    const frames = [];
    for await (const frame of opened.frames()) frames.push(frame);
    expect(frames.map((frame) => (isSkip(frame) ? frame : Array.from(frame.values)))).toEqual([
      Array.from(values),
    ]);
  });
});

describe('elements', () => {
  const little = { implicit: false, littleEndian: true };

  test('hold signed, long and floating numbers of their own width', () => {
    const bytes = (vr: string, value: number) =>
      Array.from(writeElement({ tag: 1, vr, value }, little)).slice(8);
    expect(bytes('SS', -2)).toEqual([0xfe, 0xff]);
    expect(bytes('SL', -2)).toEqual([0xfe, 0xff, 0xff, 0xff]);
    expect(bytes('FL', 1)).toEqual([0, 0, 0x80, 0x3f]);
    expect(bytes('FD', 1)).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  });
});

describe('RLE', () => {
  test('makes a row of one value two bytes', () => {
    // The header of one segment, then per row of 128 a run: 257 − 128, value.
    expect(Array.from(encodeRle(new Uint8Array(256).fill(9), 128).subarray(64))).toEqual([129, 9, 129, 9]);
  });
});
