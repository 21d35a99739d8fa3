/** Batches and predictions of a variant: repeated by the seed, framed, from 8 or 16 bits. */
import { describe, expect, test } from 'vitest';
import type { StudySlices } from '../../../bench/generalise/corpus.ts';
import { ORIGINAL_SIDE } from '../../../bench/generalise/original.ts';
import { createPictures } from '../../../bench/generalise/pictures.ts';
import { findVariant, type Variant } from '../../../bench/generalise/variants.ts';

const AREA = ORIGINAL_SIDE ** 2;
const COUNT = 4;
const SIZE = 64;

/** Discs of tissue in air, of four classes and two datasets; a sixth of the tissue's values are of a brain. */
const study: StudySlices = {
  count: COUNT,
  datasets: [
    { name: 'a', location: '' },
    { name: 'b', location: '' },
  ],
  label: Uint8Array.from([0, 1, 2, 3]),
  dataset: Uint16Array.from([0, 0, 1, 1]),
  series: Uint32Array.from([0, 1, 2, 3]),
  patient: Uint32Array.from([0, 1, 2, 3]),
  position: new Int32Array(COUNT),
  rows: new Uint16Array(COUNT),
  columns: new Uint16Array(COUNT),
  hounsfield: Uint8Array.from([1, 0, 0, 0]),
  low: new Float64Array(COUNT).fill(-1024),
  step: new Float64Array(COUNT).fill(4095 / 65535),
  levels: Uint16Array.from({ length: COUNT * AREA }, (_, i) => {
    const [x, y] = [i % ORIGINAL_SIDE, Math.floor((i % AREA) / ORIGINAL_SIDE)];
    if (Math.hypot(x - 90, y - 90) > 40 + 4 * Math.floor(i / AREA)) return 0;
    return x === 90 && y === 90 ? 65535 : 16000 + (x - 50) * 40 + (y - 50);
  }),
};
const all = Uint32Array.from({ length: COUNT }, (_, i) => i);
const batchOf = async (variant: Variant, seed: number) => {
  const batches = createPictures(study, variant).batches(all, { draws: 32, batch: 16, seed });
  const { pixels, labels } = await batches.batch(1);
  return { pixels: pixels.slice(), labels: labels.slice() };
};
const plain = (variant: Variant, slice = 0) => {
  const target = new Uint8Array(SIZE * SIZE);
  createPictures(study, variant).plain(slice, target, 0);
  return target;
};

describe.each(['app', 'full', 'none', 'mild-mixup', 'mild-cutmix'])('batches of %s', (name) => {
  test('are the same for a seed', async () => {
    expect(await batchOf(findVariant(name), 1)).toEqual(await batchOf(findVariant(name), 1));
  });

  test('are others for another seed', async () => {
    expect((await batchOf(findVariant(name), 1)).pixels).not.toEqual(
      (await batchOf(findVariant(name), 2)).pixels,
    );
  });
});

test('each class is drawn equally often', async () => {
  const { labels } = await batchOf(findVariant('none'), 1);
  const counts = [0, 1, 2, 3].map((own) => labels.filter((label) => label === own).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(5);
});

test('cropped to the content, the content is larger', () => {
  const bright = (variant: Variant) => plain(variant).filter((value) => value > 20).length;
  expect(bright(findVariant('mild-content'))).toBeGreaterThan(2 * bright(findVariant('mild')));
});

test('8 bits change a picture through narrow windows, and hardly one of the whole range', async () => {
  const difference = async (hounsfieldChance: number) => {
    const recipe = {
      tone: { hounsfieldChance, window: { chance: 0, low: 0, high: 0 }, gamma: 1 },
      place: { zoom: { low: 1, high: 1 }, aspect: 1, shift: 0, rotation: 0, quarterChance: 0, flipChance: 0 },
      steps: [],
    };
    const [fine, coarse] = await Promise.all(
      [false, true].map(async (eightBits) => {
        const variant = { ...findVariant('full'), recipe, eightBits };
        const given = { draws: 64, batch: 64, seed: 1 };
        return (await createPictures(study, variant).batches(Uint32Array.of(0), given).batch(0)).pixels;
      }),
    );
    return fine.reduce((most, value, i) => Math.max(most, Math.abs(value - coarse[i])), 0);
  };
  expect(await difference(0)).toBeLessThanOrEqual(2);
  expect(await difference(1)).toBeGreaterThan(10);
});
