/** What is done to slices to find out what answers rest on. */
import { describe, expect, test } from 'vitest';
import { ALTERATIONS, type AlterationName, isAlteration } from '../../../src/core/image/alterations.ts';

const SIDE = 64;
/** Two slices, so that the second shows what spills. */
const made = () => Uint8Array.from({ length: 2 * SIDE * SIDE }, (_, at) => 1 + ((at * 37) % 250));

describe.each(Object.keys(ALTERATIONS) as AlterationName[])('%s', (name) => {
  test('changes the slice it is given, and no other', () => {
    const [before, after] = [made(), made()];
    ALTERATIONS[name].apply(after, SIDE * SIDE, SIDE);
    expect(after.subarray(0, SIDE * SIDE)).toEqual(before.subarray(0, SIDE * SIDE));
    expect(after.subarray(SIDE * SIDE)).not.toEqual(before.subarray(SIDE * SIDE));
  });

  test('says what it does', () => {
    expect(ALTERATIONS[name].description).toMatch(/\.$/);
    expect(isAlteration(name)).toBe(true);
  });
});

test('the border is black for an eighth of the side at each edge, the rest untouched', () => {
  const [before, after] = [made(), made()];
  ALTERATIONS.border.apply(after, 0, SIDE);
  const at = (x: number, y: number) => y * SIDE + x;
  for (const hidden of [at(0, 0), at(7, 30), at(56, 30), at(30, 7), at(30, 56)])
    expect(after[hidden]).toBe(0);
  for (const seen of [at(8, 8), at(55, 55), at(30, 30)]) expect(after[seen]).toBe(before[seen]);
});

test.each([64, 128, 224])('at %i pixels, 32 × 32 means are left', (side) => {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => at % 251);
  ALTERATIONS.resolution.apply(pixels, 0, side);
  const block = side / 32;
  const odd = [...pixels.keys()].filter((at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    return pixels[at] !== pixels[(y - (y % block)) * side + (x - (x % block))];
  });
  expect(odd).toEqual([]);
});

test('no name of an object’s own is taken for an alteration', () => {
  expect(isAlteration('toString')).toBe(false);
  expect(isAlteration(undefined)).toBe(false);
});
