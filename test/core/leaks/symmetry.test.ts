/** The eight symmetries, and what turns each back. */
import { expect, test } from 'vitest';
import { inverseOf, SYMMETRIES, turned } from '../../../src/core/leaks/symmetry.ts';

test('each symmetry is turned back by its inverse', () => {
  const picture = Uint8Array.from({ length: 9 }, (_, at) => at);
  for (let symmetry = 0; symmetry < SYMMETRIES; symmetry++) {
    const there = turned(picture, 0, 3, symmetry, new Uint8Array(9));
    expect(turned(there, 0, 3, inverseOf(symmetry), new Uint8Array(9))).toEqual(picture);
  }
});
