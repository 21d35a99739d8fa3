/** Stored bits × sign × unused bits × syntax, and big endian: what dcmtk, gdcm and Pillow write has the values that were put in. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/skip.ts';

type Size = { rows: number; columns: number };

/** `file` is deflated and in base64. */
type Case = { name: string; file: string; bits: number; signed: boolean; rows?: number; columns?: number };

const cases = JSON.parse(
  readFileSync(new URL('../../golden/dicom/matrix.json', import.meta.url), 'utf8'),
) as Case[];

test.each(cases)('$name', async ({ file, bits, signed, rows = 12, columns = 16 }) => {
  const decoded = await openFile(new Uint8Array(inflateSync(Buffer.from(file, 'base64'))), {});
  if (isSkip(decoded)) throw new Error(`${decoded.code} ${decoded.detail}`);
  const frames = [];
  for await (const frame of decoded.frames()) frames.push(isSkip(frame) ? frame : Array.from(frame.values));
  expect(frames).toEqual([picture({ rows, columns }, Math.min(bits, 16), signed)]);
});

/** The same as in test/golden/dicom/kit.py. */
function picture({ rows, columns }: Size, bits: number, signed: boolean): number[] {
  return Array.from({ length: rows * columns }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    const isBar = y >= rows / 6 && y < rows / 3 && x >= 1 && x < columns / 2;
    const isCorner = y >= (rows * 3) / 4 && x >= (columns * 3) / 4;
    const level = isCorner ? 0 : isBar ? 1 : (x * 3 + y * 5) / (3 * columns + 5 * rows);
    return halfEven(level * (2 ** bits - 1)) - (signed ? 2 ** (bits - 1) : 0);
  });
}

/** NumPy's rint. */
function halfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}
