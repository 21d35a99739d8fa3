import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/bytes/crc32.ts';
import { createKeySet } from '../../../src/core/dataset/keys.ts';
import { hash32 } from '../../../src/core/random.ts';
import { KEY_BYTES } from '../../../src/core/types.ts';

test('a set of keys knows each once, beyond the size it was made for', () => {
  const set = createKeySet(4);
  const keys = new Uint8Array(5000 * KEY_BYTES).map((_, i) => hash32(1, 0, i));
  for (let i = 0; i < 5000; i++) expect(set.add(keys, i * KEY_BYTES)).toBe(true);
  for (let i = 0; i < 5000; i++) expect(set.add(keys, i * KEY_BYTES)).toBe(false);
  expect(set.size).toBe(5000);
});

test('keys that differ in one bit, or share their first word, are different', () => {
  const set = createKeySet();
  const key = new Uint8Array(KEY_BYTES);
  expect(set.add(key)).toBe(true);
  for (let bit = 0; bit < KEY_BYTES * 8; bit++) {
    const other = key.slice();
    other[bit >> 3] ^= 1 << (bit & 7);
    expect(set.add(other)).toBe(true);
  }
});

test('CRC-32 gives the check value of the standard, in one piece or several', () => {
  const digits = new TextEncoder().encode('123456789');
  expect(crc32(digits)).toBe(0xcbf43926);
  expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).toBe(0xcbf43926);
  const long = new Uint8Array(1000).map((_, i) => hash32(2, 0, i));
  for (const cut of [1, 15, 16, 17, 500]) {
    expect(crc32(long.subarray(cut), crc32(long.subarray(0, cut)))).toBe(crc32(long));
  }
});
