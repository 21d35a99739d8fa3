/** CRC-32 beside zlib's, wherever the bytes begin and end. */
import { crc32 as zlib } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { FOLD_BYTES, FOLD_LEAST } from '../../../src/core/bytes/crc/fold.ts';
import { byTable, crc32, crc32Join } from '../../../src/core/bytes/crc32.ts';
import { randomFrom } from '../../builders/phantom.ts';

const random = randomFrom(1);
const BYTES = Uint8Array.from({ length: 4096 }, () => random() * 256);

test('it is the one that zip and PNG use', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

test('bytes at any place of their buffer, of any length, give zlib’s', () => {
  for (let from = 0; from < 9; from++) {
    for (let length = 0; length < 70; length++) {
      const bytes = BYTES.subarray(from, from + length);
      expect(crc32(bytes)).toBe(zlib(bytes));
    }
  }
  expect(crc32(BYTES)).toBe(zlib(BYTES));
});

test('pieces one after the other give that of the whole, wherever it is cut', () => {
  const whole = zlib(BYTES);
  for (const cut of [0, 1, 2, 3, 5, 16, 17, 1023, 4095, 4096]) {
    expect(crc32(BYTES.subarray(cut), crc32(BYTES.subarray(0, cut)))).toBe(whole);
    const join = crc32Join(BYTES.length - cut);
    expect(join(crc32(BYTES.subarray(0, cut)), crc32(BYTES.subarray(cut)))).toBe(whole);
  }
});

test('long messages are folded to the same as by the table, wherever they begin and end', () => {
  const long = Uint8Array.from({ length: 3 * FOLD_BYTES + 100 }, () => random() * 256);
  const edges = [FOLD_LEAST, FOLD_BYTES, FOLD_BYTES + FOLD_LEAST, 2 * FOLD_BYTES, 50_176, long.length - 20];
  for (const edge of edges)
    for (const more of [-17, -16, -1, 0, 1, 15, 16])
      for (const from of [0, 3, 4]) {
        const bytes = long.subarray(from, from + edge + more);
        const before = Math.floor(random() * 2 ** 32);
        expect(crc32(bytes)).toBe(zlib(bytes));
        expect(crc32(bytes, before)).toBe(zlib(bytes, before));
        expect(byTable(bytes, before)).toBe(zlib(bytes, before));
      }
});

test('each bit of a slice counts', () => {
  const slice = new Uint8Array(50_176);
  const whole = crc32(slice);
  for (let i = 0; i < 400; i++) {
    const at = Math.floor(random() * slice.length);
    slice[at] ^= 1 << (i % 8);
    expect(crc32(slice)).not.toBe(whole);
    expect(crc32(slice)).toBe(zlib(slice));
    slice[at] = 0;
  }
});

test('where there is no WebAssembly the table does it all', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  vi.resetModules();
  const alone = await import('../../../src/core/bytes/crc32.ts');
  const bytes = Uint8Array.from({ length: 60_000 }, () => random() * 256);
  expect(alone.crc32(bytes)).toBe(zlib(bytes));
  vi.unstubAllGlobals();
});
