/** CRC-32 beside zlib's, wherever the bytes begin and end. */
import { crc32 as zlib } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32, crc32Join } from '../../src/core/crc32.ts';
import { randomFrom } from '../make/phantom.ts';

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
