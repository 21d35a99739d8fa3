/** Copied volumes are completed from the slices that were found: both ways, without gaps, never through a slice that differs. */
import { expect, test } from 'vitest';
import { grow } from '../../../src/core/leaks/grow.ts';
import { createPairs } from '../../../src/core/leaks/pairs.ts';
import { NONE } from '../../../src/core/leaks/pictures.ts';

/** Slices 0 to 4 are a series, 5 to 9 another. */
const before = Uint32Array.of(NONE, 0, 1, 2, 3, NONE, 5, 6, 7, 8);
const after = Uint32Array.of(1, 2, 3, 4, NONE, 6, 7, 8, 9, NONE);
const pace = { yieldToEventLoop: async () => {}, signal: new AbortController().signal };

async function grown(isCopy: (slice: number, other: number) => boolean, plain: number[] = []) {
  const pairs = createPairs(10);
  pairs.add(2, 7, 5, 0.9);
  const asked: string[] = [];
  const check = (slice: number, other: number, symmetry: number) => {
    asked.push(`${slice} ${other} ${symmetry}`);
    return { value: 0.95, isCopy: isCopy(slice, other) };
  };
  const marks = Uint8Array.from({ length: 10 }, (_, i) => Number(plain.includes(i)));
  await grow(pairs, { before, after, plain: marks }, check, pace);
  return {
    found: pairs
      .all()
      .map(({ slice, other, symmetry }) => `${slice} ${other} ${symmetry}`)
      .sort(),
    asked,
  };
}

test('a volume in the same order', async () => {
  const { found, asked } = await grown((slice, other) => other === slice + 5);
  expect(found).toEqual(['0 5 5', '1 6 5', '2 7 5', '3 8 5', '4 9 5']);
  expect(new Set(asked).size).toBe(asked.length);
});

test('a volume from its last slice to its first', async () => {
  const { found } = await grown((slice, other) => other === 9 - slice);
  expect(found).toEqual(['0 9 5', '1 8 5', '2 7 5', '3 6 5', '4 5 5']);
});

test('ends at a slice that is no copy, and at one too plain to be compared', async () => {
  expect((await grown((slice, other) => other === slice + 5 && slice !== 3, [6])).found).toEqual(['2 7 5']);
});
