/** Made-up pictures of no class. */
import { describe, expect, test } from 'vitest';
import { createOutliers, OUTLIERS, type OutlierKind } from '../../../src/core/outliers/index.ts';

const SIDE = 48;
const AREA = SIDE * SIDE;
const KINDS = Object.keys(OUTLIERS) as OutlierKind[];

function picture(kinds: readonly OutlierKind[], seed: number, number: number, offset = 0): Uint8Array {
  const target = new Uint8Array(offset + AREA);
  createOutliers(SIDE, kinds)(target, offset, { seed, number });
  return target.subarray(offset);
}

describe.each(KINDS)('%s', (kind) => {
  test('fill the range of bytes and are no even area', () => {
    for (let number = 0; number < 40; number++) {
      const pixels = picture([kind], 3, number);
      expect(Math.min(...pixels), `picture ${number}`).toBe(0);
      expect(Math.max(...pixels), `picture ${number}`).toBe(255);
    }
  });

  test('depend on seed and number alone', () => {
    expect(picture([kind], 1, 7, 5)).toEqual(picture([kind], 1, 7));
    expect(picture([kind], 1, 7)).not.toEqual(picture([kind], 1, 8));
    expect(picture([kind], 2, 7)).not.toEqual(picture([kind], 1, 7));
  });
});

test('all kinds are drawn about equally often', () => {
  const paint = createOutliers(SIDE);
  const target = new Uint8Array(AREA);
  const counts = new Map<string, number>();
  for (let number = 0; number < 650; number++) {
    const kind = paint(target, 0, { seed: 1, number });
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(KINDS.toSorted());
  expect(Math.min(...counts.values())).toBeGreaterThan(30);
});
