/** Perceptual hashes against SciPy's DCT, and the slices that look alike. */
import { describe, expect, test } from 'vitest';
import { HASH_WORDS, hammingDistance, perceptualHash } from '../../../src/core/audit/phash.ts';
import { findTwins, MOST_BITS } from '../../../src/core/audit/twins.ts';
import { hash32, random } from '../../../src/core/random.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';
import golden from '../../golden/audit/hash.json' with { type: 'json' };

/** Bilinear, as make.py enlarges them. */
function enlarged({ side, values }: { side: number; values: number[] }): Uint8Array {
  const at = Array.from({ length: SLICE_SIDE }, (_, i) => {
    const place = (i * (side - 1)) / (SLICE_SIDE - 1);
    const low = Math.min(side - 2, Math.floor(place));
    return { low, share: place - low };
  });
  const between = (a: number, b: number, share: number) => a * (1 - share) + b * share;
  return Uint8Array.from({ length: SLICE_BYTES }, (_, i) => {
    const [y, x] = [at[Math.floor(i / SLICE_SIDE)], at[i % SLICE_SIDE]];
    const value = (row: number, column: number) => values[row * side + column];
    const upper = between(value(y.low, x.low), value(y.low, x.low + 1), x.share);
    const lower = between(value(y.low + 1, x.low), value(y.low + 1, x.low + 1), x.share);
    return Math.round(255 * between(upper, lower, y.share));
  });
}

function hashes(...slices: Uint8Array[]): Uint32Array {
  const found = new Uint32Array(slices.length * HASH_WORDS);
  for (const [i, slice] of slices.entries()) perceptualHash(slice, 0, found, i * HASH_WORDS);
  return found;
}

function bitsOf(words: Uint32Array): string {
  return Array.from({ length: 64 }, (_, bit) => (words[bit >> 5] >>> (bit & 31)) & 1).join('');
}

test.each(golden.cases)('the hash of a picture of side $side is that of SciPy', (one) => {
  expect(bitsOf(hashes(enlarged(one)))).toBe(one.hash);
});

test('a brighter picture with a little noise has almost the same hash, another picture has not', () => {
  const [other, , , one] = golden.cases.map(enlarged);
  const changed = one.map((value, i) => Math.min(255, value * 0.9 + 10 + (hash32(1, 0, i) % 3)));
  const found = hashes(one, changed, other);
  expect(hammingDistance(found, 0, 1)).toBeLessThanOrEqual(MOST_BITS);
  expect(hammingDistance(found, 0, 2)).toBeGreaterThan(10);
});

describe('twins', () => {
  const flipped = (hash: readonly number[], ...bits: number[]) => {
    const words = [...hash];
    for (const bit of bits) words[bit >> 5] ^= 1 << (bit & 31);
    return words.map((word) => word >>> 0);
  };
  const HASH = [0x12345678, 0x9abcdef0];

  test('are found whichever three bits differ', () => {
    const draw = random(4);
    for (let round = 0; round < 200; round++) {
      const other = flipped(HASH, draw.integer(64), draw.integer(64), draw.integer(64));
      const found = findTwins(Uint32Array.from([...HASH, ...other]), [0, 1], 4);
      expect(found.map(({ of, other: twin }) => [of, twin])).toEqual([
        [0, 1],
        [1, 0],
      ]);
    }
  });

  test('are none if four bits differ, or the label is the same, or there is none', () => {
    const four = Uint32Array.from([...HASH, ...flipped(HASH, 1, 20, 40, 60)]);
    expect(findTwins(four, [0, 1], 4)).toEqual([]);
    const same = Uint32Array.from([...HASH, ...HASH]);
    expect(findTwins(same, [2, 2], 4)).toEqual([]);
    expect(findTwins(same, [2, 255], 4)).toEqual([]);
  });

  test('are the nearest ones', () => {
    const three = Uint32Array.from([...HASH, ...flipped(HASH, 5, 6), ...flipped(HASH, 7)]);
    expect(findTwins(three, [0, 1, 1], 4)[0]).toEqual({ of: 0, other: 2, bits: 1 });
  });

  test('are not looked for among slices without structure', () => {
    expect(findTwins(new Uint32Array(4), [0, 1], 4)).toEqual([]);
  });

  test('are found among many slices without comparing all pairs', () => {
    const count = 20_000;
    const many = Uint32Array.from({ length: count * HASH_WORDS }, (_, i) => hash32(9, 1, i));
    many.set(flipped([many[0], many[1]], 3, 33), (count - 1) * HASH_WORDS);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 4);
    expect(findTwins(many, labels, 4).some(({ of, other }) => of === 0 && other === count - 1)).toBe(true);
  });
});
