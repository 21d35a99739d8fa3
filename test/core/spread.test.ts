/** Places spread over many. */
import { describe, expect, test } from 'vitest';
import { spread } from '../../src/core/spread.ts';

describe('nine places', () => {
  test('of 240 are the middles of nine parts', () => {
    expect(spread(240, 9)).toEqual([14, 40, 67, 93, 120, 146, 172, 199, 225]);
  });

  test.each([11, 12, 17, 18, 40, 5000])(
    'of %i are nine others, ascending, without the first and the last',
    (n) => {
      const places = spread(n, 9);
      expect(new Set(places).size).toBe(9);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
      expect(places[8]).toBeLessThan(n - 1);
    },
  );

  test.each([0, 1, 9])('of %i are all', (n) => {
    expect(spread(n, 9)).toEqual(Array.from({ length: n }, (_, i) => i));
  });

  test('of ten are nine', () => {
    expect(new Set(spread(10, 9)).size).toBe(9);
  });
});
