/** The set of keys of stored slices knows each key once. */
import { expect, test } from 'vitest';
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
