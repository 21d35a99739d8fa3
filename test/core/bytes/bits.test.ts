/** Bits of stored words that don't count are dropped, wherever the words lie. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { significantBits } from '../../../src/core/bytes/bits.ts';

test('words with and without bits above those stored', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 15 }),
      fc.boolean(),
      fc.boolean(),
      fc.nat({ max: 1 }),
      fc.nat({ max: 1 }),
      (words, bitsStored, signed, isClean, shift, dirty) => {
        // Clean words are what they should be already, but for one of them.
        const extended = (word: number) =>
          signed ? (word << (32 - bitsStored)) >> (32 - bitsStored) : word & ((1 << bitsStored) - 1);
        const file = new Uint16Array(words.length + 2);
        file.set(isClean ? words.map(extended) : words, shift);
        if (isClean && dirty) file[shift + (words[0] % words.length)] ^= 1 << 15;
        const before = file.slice();
        const values = file.subarray(shift, shift + words.length);
        const found = significantBits(values, { bitsStored, highBit: bitsStored - 1, signed });
        expect([...found]).toEqual(Array.from(before.subarray(shift, shift + words.length), extended));
        expect(found instanceof (signed ? Int16Array : Uint16Array)).toBe(true);
        expect(file).toEqual(before);
      },
    ),
    { numRuns: 1000, seed: 1 },
  );
});
