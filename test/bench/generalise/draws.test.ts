/** What a network of the study learns from: caps, weights of draws, mixtures, averaged weights, 16-bit originals. */
import { describe, expect, test } from 'vitest';
import { cappedSlices } from '../../../bench/generalise/cap.ts';
import { averaged } from '../../../bench/generalise/ema.ts';
import { mixInto } from '../../../bench/generalise/mix.ts';
import { isHounsfield, ORIGINAL_SIDE, originalOf } from '../../../bench/generalise/original.ts';
import { drawWeights } from '../../../bench/generalise/weights.ts';
import { random } from '../../../src/core/random.ts';

test('slices are capped by dataset and class, evenly over series and positions', () => {
  const table = {
    count: 10,
    label: Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 9]),
    dataset: new Uint16Array(10),
    seriesOf: Uint32Array.from([0, 1, 0, 1, 0, 1, 0, 1, 2, 2]),
    position: Int32Array.from([4, 1, 3, 2, 2, 3, 1, 4, 1, 2]),
  };
  // Series 0 backwards is 6, 4, 2, 0; of its four every other one stays, as of series 1.
  expect(cappedSlices(table, 2, 4)).toEqual([1, 2, 5, 6, 8]);
  expect(cappedSlices(table, 2, 100)).toHaveLength(9);
});

test('classes are drawn equally often, datasets by the power of their size', () => {
  const label = Uint8Array.from([0, 0, 0, 0, 0, 1]);
  const dataset = Uint16Array.from([0, 0, 0, 0, 1, 2]);
  const equal = drawWeights({ label, dataset, draws: 60, power: 0 });
  expect([...equal]).toEqual([3.75, 3.75, 3.75, 3.75, 15, 30]);
  const root = drawWeights({ label, dataset, draws: 60, power: 0.5 });
  expect(root[4]).toBeCloseTo(10);
  expect(root.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(60);
});

describe('mixtures', () => {
  test.each(['mixup', 'cutmix'] as const)(
    'by %s take the other’s label by its share of the picture',
    (kind) => {
      let [shares, labels] = [0, 0];
      for (let seed = 0; seed < 400; seed++) {
        const own = new Uint8Array(64);
        labels += Number(mixInto(own, new Uint8Array(64).fill(200), kind, random(seed)));
        shares += own.reduce((sum, value) => sum + value, 0) / (64 * 200);
      }
      expect(labels / 400).toBeCloseTo(shares / 400, 1);
      expect(shares / 400).toBeCloseTo(0.5, 1);
    },
  );
});

test('an average of weights moves by what is left of the decay', () => {
  const state = (value: number) => new Map([['w', { shape: [1], data: Float32Array.of(value) }]]);
  const first = averaged(null, state(1), 0.9);
  expect(averaged(first, state(2), 0.9).get('w')!.data[0]).toBeCloseTo(1.1);
});

describe('originals', () => {
  const frame = (values: Int16Array, slope = 1, intercept = 0) => ({
    index: 0,
    rows: 2,
    columns: 2,
    values,
    slope,
    intercept,
    instanceNumber: null,
  });

  test('keep modality values to a part of a unit', () => {
    const original = originalOf(frame(Int16Array.from([0, 40, 1000, 4000]), 1, -1024))!;
    expect(original.levels).toHaveLength(ORIGINAL_SIDE ** 2);
    expect(original.low).toBe(-1024);
    expect(original.low + original.step * original.levels[ORIGINAL_SIDE - 1]).toBeCloseTo(-984, 0);
  });

  test('are turned by a negative slope, as MONOCHROME1 is', () => {
    const original = originalOf(frame(Int16Array.from([0, 10, 20, 30]), -1))!;
    expect(original.levels[0]).toBe(65535);
    expect(original.levels.at(-1)).toBe(0);
  });

  test('of a constant frame do not exist', () => {
    expect(originalOf(frame(Int16Array.from([7, 7, 7, 7])))).toBeNull();
  });

  test.each([
    [-1024, 1500, true],
    [-1000, 400, true],
    [0, 255, false],
    [-200, 300, false],
  ])('from %i to %i are in Hounsfield units: %s', (low, high, expected) => {
    expect(isHounsfield({ low, step: (high - low) / 65535 })).toBe(expected);
  });
});
