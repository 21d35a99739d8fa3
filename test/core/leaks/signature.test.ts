/** The signature of a picture: few bits change with its window, none with its symmetry. */
import { expect, test } from 'vitest';
import { signatureDistance, WORDS, writeSignature } from '../../../src/core/leaks/signature.ts';
import { turned } from '../../../src/core/leaks/symmetry.ts';
import { AREA, COARSE_AREA, SIDE, writeHalf, writeThumbnail } from '../../../src/core/leaks/thumbnail.ts';
import { bodySlice } from '../../builders/bodies.ts';
import { asJpeg, flipped, inverted, windowed } from '../../builders/copies.ts';

function bits(a: Uint8Array, b: Uint8Array): { least: number; each: Uint8Array } {
  const signs = new Uint32Array(2 * WORDS);
  const each = new Uint8Array(8);
  [a, b].forEach((pixels, i) => {
    const [thumbnail, coarse] = [new Uint8Array(AREA), new Uint8Array(COARSE_AREA)];
    writeThumbnail(pixels, 0, thumbnail, 0);
    writeHalf(thumbnail, 0, SIDE, coarse, 0);
    writeSignature(coarse, 0, signs, i * WORDS, new Float32Array(63), 0);
  });
  return { least: signatureDistance(signs, 0, WORDS, each), each };
}

test('names the symmetry under which two pictures are the same', () => {
  for (let symmetry = 0; symmetry < 8; symmetry++) {
    const { least, each } = bits(bodySlice(1), flipped(bodySlice(1), symmetry));
    expect(least).toBeLessThanOrEqual(1);
    expect(each[symmetry]).toBe(least);
  }
});

test('a picture turns as its thumbnail does', () => {
  const [plain, mirrored] = [new Uint8Array(AREA), new Uint8Array(AREA)];
  for (let symmetry = 0; symmetry < 8; symmetry++) {
    writeThumbnail(bodySlice(1), 0, plain, 0);
    writeThumbnail(flipped(bodySlice(1), symmetry), 0, mirrored, 0);
    expect(turned(plain, 0, SIDE, symmetry, new Uint8Array(AREA))).toEqual(mirrored);
  }
});

test('few of 63 bits change with the window, inversion and compression; half as many again with the body', () => {
  const own = bodySlice(3);
  for (const copy of [windowed(own, 60, 200), inverted(own), asJpeg(own, 96, 50)])
    expect(bits(own, copy).least).toBeLessThanOrEqual(12);
  expect(bits(own, bodySlice(4)).least).toBeGreaterThan(12);
});
