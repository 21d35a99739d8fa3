/** Stored bits × sign × unused bits × syntax, and big endian: what dcmtk, gdcm and Pillow write has the values that were put in. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/formats/types.ts';

/** `file` is deflated and in base64. */
type Case = { name: string; file: string; bits: number; signed: boolean };

const [ROWS, COLUMNS] = [12, 16];
const cases = JSON.parse(
  readFileSync(new URL('../../golden/dicom/matrix.json', import.meta.url), 'utf8'),
) as Case[];

test.each(cases)('$name', async ({ file, bits, signed }) => {
  const decoded = await openFile(new Uint8Array(inflateSync(Buffer.from(file, 'base64'))), {});
  if (isSkip(decoded)) throw new Error(`${decoded.code} ${decoded.detail}`);
  const frames = [];
  for await (const frame of decoded.frames()) frames.push(isSkip(frame) ? frame : Array.from(frame.values));
  expect(frames).toEqual([picture(Math.min(bits, 16), signed)]);
});

/** The same as in test/golden/dicom/kit.py. */
function picture(bits: number, signed: boolean): number[] {
  return Array.from({ length: ROWS * COLUMNS }, (_, i) => {
    const [x, y] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    const isBar = y >= 2 && y < 4 && x >= 1 && x < 8;
    const isCorner = y >= 9 && x >= 12;
    const level = isCorner ? 0 : isBar ? 1 : (x * 3 + y * 5) / (3 * COLUMNS + 5 * ROWS);
    return halfEven(level * (2 ** bits - 1)) - (signed ? 2 ** (bits - 1) : 0);
  });
}

/** NumPy's rint. */
function halfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}
