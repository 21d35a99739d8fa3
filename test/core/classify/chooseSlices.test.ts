/** Which slices of a series stand for it. */
import { describe, expect, test } from 'vitest';
import { chooseSlices } from '../../../src/core/classify/chooseSlices.ts';
import type { ImageType } from '../../../src/core/types.ts';

const at = (
  instanceNumber: number | null,
  position: number | null = null,
  imageType: ImageType | null = null,
) => ({
  slice: { path: `${instanceNumber}.dcm`, frame: 0, instanceNumber, imageType },
  position,
});
const hundred = Array.from({ length: 100 }, (_, i) => at(i + 1));
const numbers = (slices: ReturnType<typeof at>[]) => slices.map(({ slice }) => slice.instanceNumber);

describe('slices of a series', () => {
  test('are chosen over the instance numbers, in whatever order they come', () => {
    const chosen = numbers(chooseSlices(hundred, 9));
    expect(chosen).toEqual([7, 18, 29, 40, 51, 61, 72, 83, 94]);
    expect(numbers(chooseSlices(hundred.toReversed(), 9))).toEqual(chosen);
  });

  test('are chosen over their positions, where all have one', () => {
    const twice = Array.from({ length: 40 }, (_, i) => at(i + 1, (i % 2) * 1000 + i));
    const chosen = numbers(chooseSlices(twice, 4)) as number[];
    expect(chosen.map((n) => n % 2)).toEqual([1, 1, 0, 0]);
    const [first, ...others] = twice;
    const chosenByNumber = numbers(chooseSlices([{ ...first, position: null }, ...others], 4));
    expect(chosenByNumber).toEqual([6, 16, 25, 35]);
  });

  test('are chosen by name where they have no number', () => {
    const named = ['c', 'a', 'd', 'b', 'e'].map((path) => ({
      slice: { path, frame: 0, instanceNumber: null, imageType: null },
      position: null,
    }));
    expect(chooseSlices(named, 3).map(({ slice }) => slice.path)).toEqual(['b', 'c', 'd']);
  });

  test('are no scouts and captures as long as there are others', () => {
    const mixed = [...hundred.slice(0, 12), at(200, null, 'localizer'), at(201, null, 'capture')];
    expect(numbers(chooseSlices(mixed, 9))).not.toContain(200);
    expect(numbers(chooseSlices(mixed, 14))).toHaveLength(14);
    expect(numbers(chooseSlices([at(1, null, 'localizer')], 9))).toEqual([1]);
  });
});
