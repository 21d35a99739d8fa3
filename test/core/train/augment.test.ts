/** Each augmentation of a slice, by itself and from its seed. */
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/core/bytes/crc32.ts';
import { createAugment, RECIPE, type Recipe } from '../../../src/core/train/augment.ts';

const SIZE = 64;
const AREA = SIZE * SIZE;
/** A bright square off the middle on grey. */
const source = Uint8Array.from({ length: AREA }, (_, i) => {
  const x = i % SIZE;
  const y = Math.floor(i / SIZE);
  return x > 8 && x < 24 && y > 12 && y < 40 ? 230 : 60;
});
const NOTHING: Recipe = {
  zoom: { low: 1, high: 1 },
  aspect: 1,
  shift: 0,
  rotation: 0,
  flipChance: 0,
  window: { chance: 0, low: 0, high: 0 },
  gamma: 1,
  coarse: { chance: 0, least: 1 },
  blurChance: 0,
  noise: { chance: 0, sigma: 0 },
};

function augmented(recipe: Partial<Recipe>, position = 0, key = { seed: 1, epoch: 0 }): Uint8Array {
  const target = new Uint8Array(AREA);
  createAugment(SIZE, { ...NOTHING, ...recipe })(source, 0, target, 0, { ...key, position });
  return target;
}
const draws = (recipe: Partial<Recipe>, n = 40) => Array.from({ length: n }, (_, i) => augmented(recipe, i));
const mean = (pixels: Uint8Array) => pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
/** Mean squared difference of neighbours. */
const sharpness = (pixels: Uint8Array) =>
  pixels.reduce((sum, pixel, i) => sum + (pixel - pixels[Math.max(0, i - 1)]) ** 2, 0) / AREA;

describe('augmentation', () => {
  test('changes nothing when every range is empty', () => {
    expect(augmented({})).toEqual(source);
  });

  test('depends on seed, epoch and position alone', () => {
    const augment = createAugment(SIZE, RECIPE);
    const draw = (seed: number, epoch: number, position: number) => {
      const target = new Uint8Array(AREA);
      augment(source, 0, target, 0, { seed, epoch, position });
      return target.join();
    };
    const first = draw(1, 2, 3);
    draw(9, 9, 9);
    expect(draw(1, 2, 3)).toBe(first);
    expect(new Set([first, draw(2, 2, 3), draw(1, 3, 3), draw(1, 2, 4)]).size).toBe(4);
  });

  test('draws the same bits as when the first runs were stored', () => {
    const augment = createAugment(SIZE);
    const target = new Uint8Array(AREA);
    const sums = [0, 1, 2].map((position) => {
      augment(source, 0, target, 0, { seed: 3, epoch: 1, position });
      return crc32(target);
    });
    expect(sums).toEqual([930781923, 1172846852, 3889098180]);
  });

  test('mirrors left and right', () => {
    const mirrored = augmented({ flipChance: 1 });
    for (let y = 0; y < SIZE; y++) {
      const row = source.slice(y * SIZE, (y + 1) * SIZE).reverse();
      expect(mirrored.subarray(y * SIZE, (y + 1) * SIZE)).toEqual(row);
    }
  });

  test('zooms in and out', () => {
    const bright = (pixels: Uint8Array) => pixels.filter((pixel) => pixel > 200).length;
    expect(bright(augmented({ zoom: { low: 1.4, high: 1.4 } }))).toBeLessThan(0.7 * bright(source));
    expect(bright(augmented({ zoom: { low: 0.8, high: 0.8 } }))).toBeGreaterThan(1.2 * bright(source));
  });

  test('turns by every angle up to the largest', () => {
    const turned = draws({ rotation: 180 });
    const corner = (pixels: Uint8Array) =>
      mean(pixels.subarray(0, AREA / 2)) > mean(pixels.subarray(AREA / 2)) ? 0 : 1;
    expect(new Set(turned.map(corner)).size).toBe(2);
  });

  test('darkens and brightens by gamma, keeping black and white', () => {
    const means = draws({ gamma: 2 }).map(mean);
    expect(Math.min(...means)).toBeLessThan(mean(source) - 15);
    expect(Math.max(...means)).toBeGreaterThan(mean(source) + 15);
  });

  test('takes away sharpness', () => {
    expect(sharpness(augmented({ blurChance: 1 }))).toBeLessThan(sharpness(source));
    const coarse = draws({ coarse: { chance: 1, least: 0.1 } });
    expect(Math.min(...coarse.map((pixels) => new Set(pixels).size))).toBeGreaterThan(2);
    for (const pixels of coarse) expect(mean(pixels)).toBeCloseTo(mean(source), -1);
  });

  test('adds noise of the asked strength', () => {
    const noisy = draws({ noise: { chance: 1, sigma: 20 } });
    const deviation = (pixels: Uint8Array) =>
      Math.sqrt(pixels.reduce((sum, pixel, i) => sum + (pixel - source[i]) ** 2, 0) / AREA);
    const deviations = noisy.map(deviation);
    expect(Math.max(...deviations)).toBeGreaterThan(12);
    expect(Math.max(...deviations)).toBeLessThan(21);
  });

  test('leaves the source and what lies beside the target alone', () => {
    const before = source.slice();
    const target = new Uint8Array(AREA + 20).fill(77);
    createAugment(SIZE)(source, 0, target, 10, { seed: 1, epoch: 0, position: 0 });
    expect(source).toEqual(before);
    expect([...target.subarray(0, 10), ...target.subarray(AREA + 10)]).toEqual(new Array(20).fill(77));
  });
});
