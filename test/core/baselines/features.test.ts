/** Hand-crafted features against scikit-image. */
import { describe, expect, test } from 'vitest';
import {
  DIMENSIONS,
  FAMILIES,
  FAMILY_WIDTHS,
  writeFeatures,
} from '../../../src/core/baselines/features/index.ts';
import golden from '../../golden/baselines/features.json' with { type: 'json' };

const { side } = golden;

/** The pictures of make.py. */
const PICTURES: Record<string, (x: number, y: number) => number> = {
  waves: (x, y) => Math.floor((x * x + 3 * y * y + x * y) / 3) % 256,
  noise: (x, y) => (x * 131 + y * 197 + x * y * 31) % 256,
  disc: (x, y) => ((x - 30) ** 2 + (y - 34) ** 2 < 400 ? 100 + x : 0),
  flat: () => 100,
};

function picture(name: string): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) => PICTURES[name](i % side, Math.floor(i / side)));
}

/** Its gradients are summed in single precision. */
const TOLERANCE = {
  histogram: 1e-12,
  cooccurrence: 1e-9,
  patterns: 1e-9,
  gradients: 1e-6,
} as const;

type FamilyName = keyof typeof TOLERANCE;

describe.each(FAMILIES)('the features of $name', ({ name, of, width }) => {
  test.each(golden.pictures)('are scikit-image’s: $name', (one) => {
    const found = Array.from(of(picture(one.name), side));
    const wanted = one[name as FamilyName];
    expect(found).toHaveLength(width);
    expect(wanted).toHaveLength(width);
    found.forEach((value, i) => {
      expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(TOLERANCE[name as FamilyName]);
    });
  });
});

test('all families follow each other in one row', () => {
  const target = new Float32Array(DIMENSIONS + 1);
  writeFeatures(picture('waves'), side, target, 1);
  expect(target[0]).toBe(0);
  const patterns = target.subarray(1 + FAMILY_WIDTHS[0] + FAMILY_WIDTHS[1]).subarray(0, FAMILY_WIDTHS[2]);
  expect(Array.from(patterns)).toEqual(Array.from(FAMILIES[2].of(picture('waves'), side), Math.fround));
});
