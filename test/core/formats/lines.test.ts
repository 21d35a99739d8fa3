/** PNG's filters and colours in vectors give the bytes of the plain functions. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inflater, SLACK } from '../../../src/core/bytes/inflater.ts';
import type { Numbers } from '../../../src/core/bytes/numbers.ts';
import { png } from '../../../src/core/formats/png.ts';
import { channel, luminance } from '../../../src/core/image/luminance.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { filtered, unfiltered } from '../../builders/filters.ts';
import { randomFrom } from '../../builders/phantom.ts';
import { adam7Lines, rawPngFile } from '../../builders/png.ts';

/** The lines without their filters; null for an unknown one. What lies behind them must stay as it was. */
function unfilter(lines: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array | null {
  const rows = lines.length / (rowBytes + 1);
  const module = inflater(lines.length + rowBytes + 4 * SLACK);
  const memory = new Uint8Array(module.memory.buffer);
  const zeros = module.free();
  const at = zeros + rowBytes + 16;
  memory.fill(0, zeros, at).set(lines, at);
  memory.fill(77, at + lines.length, at + lines.length + SLACK);
  const good = module.unfilter(at, rows, rowBytes, pixelBytes, zeros);
  expect(memory.subarray(at + lines.length, at + lines.length + SLACK).every((byte) => byte === 77)).toBe(
    true,
  );
  expect(memory.subarray(zeros, at).every((byte) => byte === 0)).toBe(true);
  return good ? memory.slice(at, at + rows * rowBytes) : null;
}

/** Bytes that are near to each other, as those of images are, or are not. */
function bytesFor(length: number, seed: number): Uint8Array {
  const random = randomFrom(seed);
  const spread = seed % 3 === 0 ? 256 : 12;
  let value = 0;
  return Uint8Array.from({ length }, () => {
    value += (random() - 0.5) * spread;
    return value;
  });
}

test('line filters, all of them in any order, whatever a pixel’s width', () => {
  const shape = fc.record({
    rows: fc.integer({ min: 1, max: 27 }),
    rowBytes: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 495, max: 1100 })),
    pixelBytes: fc.constantFrom(1, 2, 3, 4, 6, 8),
    filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 }),
    seed: fc.integer({ min: 1, max: 1000 }),
  });
  fc.assert(
    fc.property(shape, ({ rows, rowBytes, pixelBytes, filters, seed }) => {
      const lines = bytesFor(rows * (rowBytes + 1), seed);
      for (let y = 0; y < rows; y++) lines[y * (rowBytes + 1)] = filters[(y + (y >> 3)) % filters.length];
      const expected = unfiltered(lines, rowBytes, pixelBytes);
      const made = unfilter(lines, rowBytes, pixelBytes);
      expect(made && Buffer.compare(made, expected)).toBe(0);
    }),
    { numRuns: 400, seed: 1 },
  );
});

test('an unknown filter is told, wherever it is', () => {
  for (let y = 0; y < 12; y++) {
    for (const others of [0, 1, 4]) {
      const lines = new Uint8Array(12 * 8);
      for (let k = 0; k < 12; k++) lines[k * 8] = k === y ? 5 : others;
      expect(unfilter(lines, 7, 1)).toBeNull();
    }
  }
});

/** What a PNG of these samples is to give. */
function expected(samples: Numbers, pixels: number, perPixel: number): Numbers {
  if (perPixel === 1) return samples;
  if (perPixel === 2) return channel(samples, pixels, 0, 2);
  return luminance(samples, pixels, { samples: perPixel, planar: false });
}

const TYPES = [
  { colorType: 0, samples: 1 },
  { colorType: 2, samples: 3 },
  { colorType: 4, samples: 2 },
  { colorType: 6, samples: 4 },
];

test.each(TYPES.flatMap((type) => [8, 16].map((depth) => ({ ...type, depth }))))(
  'colour type $colorType of $depth bits, by every filter, and interlaced',
  ({ colorType, samples, depth }) =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2, max: 90 }),
        fc.integer({ min: 1, max: 999 }),
        async (rows, columns, seed) => {
          const pixelBytes = (samples * depth) / 8;
          const raw = bytesFor(rows * columns * pixelBytes, seed);
          const filters = Array.from({ length: rows }, (_, y) => (y * seed) % 5);
          const numbers =
            depth === 8
              ? raw
              : Uint16Array.from({ length: raw.length / 2 }, (_, i) => (raw[2 * i] << 8) | raw[2 * i + 1]);
          const wanted = expected(numbers, rows * columns, samples);
          const lines = filtered(raw, filters, pixelBytes);
          expect(await valuesOf(rawPngFile({ rows, columns, depth, colorType, lines }))).toEqual(wanted);
          const woven = adam7Lines(raw, rows, columns, pixelBytes);
          const file = rawPngFile({ rows, columns, depth, colorType, lines: woven, interlaced: true });
          expect(await valuesOf(file)).toEqual(wanted);
        },
      ),
      { numRuns: 25, seed: 1 },
    ),
);

async function valuesOf(file: Uint8Array): Promise<Numbers> {
  const image = await png.decode(file, {});
  if (isSkip(image)) throw new Error(image.code);
  for await (const frame of image.frames()) if (!isSkip(frame)) return frame.values;
  throw new Error('no frame');
}

test('an image that needs more memory than is kept is read, and its memory is given back', async () => {
  const side = 7200;
  const lines = new Uint8Array(side * (side + 1));
  // Every line adds one to the one above.
  for (let y = 0; y < side; y++) lines.fill(1, y * (side + 1) + 1, (y + 1) * (side + 1))[y * (side + 1)] = 2;
  const values = await valuesOf(rawPngFile({ rows: side, columns: side, depth: 8, colorType: 0, lines }));
  const wanted = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) wanted.fill(y + 1, y * side, (y + 1) * side);
  expect(Buffer.compare(values as Uint8Array, wanted)).toBe(0);
  expect(inflater(0).memory.buffer.byteLength).toBeLessThan(2 ** 22);
});

test('luminance has the constants of luminance.ts: of each colour alone, and where rounding turns', () => {
  const samples: number[] = [];
  for (let level = 0; level < 256; level++) {
    samples.push(level, 0, 0, 0, level, 0, 0, 0, level, level, level, level, level, 255 - level, 128);
  }
  const pixels = samples.length / 3;
  for (const scale of [1, 257]) {
    const scaled = samples.map((value) => value * scale);
    const values = scale === 1 ? Uint8Array.from(scaled) : Uint16Array.from(scaled);
    const module = inflater(values.byteLength + 4 * SLACK);
    const at = Math.ceil(module.free() / 16) * 16;
    new Uint8Array(module.memory.buffer).set(new Uint8Array(values.buffer), at);
    module[scale === 1 ? 'gray8' : 'gray16'](at, pixels, 3);
    const Type = values.constructor as typeof Uint8Array;
    const made = new Type(module.memory.buffer, at, pixels).slice();
    expect(made).toEqual(luminance(values, pixels, { samples: 3, planar: false }));
  }
});
