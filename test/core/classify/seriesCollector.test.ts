/** The series of a classification as their slices come in: told when they grew, in order, with their place. */

import { describe, expect, test } from 'vitest';
import { createSeriesCollector, type ModelSays } from '../../../src/core/classify/seriesCollector.ts';
import { withModalityRules } from '../../../src/core/labels/modalityRules.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import type { ImageType } from '../../../src/core/types.ts';
import { makeFacts } from '../../builders/storage.ts';

const MR = Float32Array.of(0.1, 0.7, 0.1, 0.1);
const CT = Float32Array.of(0.7, 0.1, 0.1, 0.1);

function gallery(model?: ModelSays) {
  const { add, looked, grown, all } = createSeriesCollector(
    DEFAULT_SET,
    withModalityRules(DEFAULT_SET, { CT: 'CT', DX: 'XR' }),
    model,
  );
  const slice = (path: string, instanceNumber: number | null = null, frame = 0) => ({
    path,
    frame,
    instanceNumber,
  });
  const look = { thumbnail: new Uint8Array(0), strangeness: null };
  return {
    grown,
    all,
    put: (
      series: string,
      path: string,
      probabilities: Float32Array | null = MR,
      number?: number,
      frame?: number,
    ) =>
      looked(add(makeFacts(series, 'p'), 7, slice(path, number ?? null, frame)), { ...look, probabilities }),
    putAs: (imageType: ImageType, probabilities: Float32Array, strangeness: number) =>
      looked(add({ ...makeFacts('s', 'p'), imageType }, null, slice('v')), {
        ...look,
        strangeness,
        probabilities,
      }),
    putOf: (modalityTag: string | null) => add({ ...makeFacts('s', 'p'), modalityTag }, null, slice('a')),
  };
}

describe('a series', () => {
  test('is told at first, then each time it has grown by half, and at the end if there is more', () => {
    const { put, grown, all } = gallery();
    const told: number[] = [];
    for (let i = 1; i <= 10; i++) {
      put('s', `${i}`);
      told.push(...grown().map(({ slices }) => slices.length));
    }
    expect(told).toEqual([1, 2, 3, 5, 8]);
    expect(all().map(({ slices }) => slices.length)).toEqual([10]);
    expect(all()).toEqual([]);
    expect(grown()).toEqual([]);
  });

  test('has its slices by instance number and frame', () => {
    const { put, all } = gallery();
    put('s', 'c', MR, 3);
    put('s', 'b', MR, 1, 1);
    put('s', 'a', MR, 1, 0);
    put('s', 'none', MR);
    expect(all()[0].slices.map(({ path }) => path)).toEqual(['none', 'a', 'b', 'c']);
  });

  test('has them so in whatever order they come', () => {
    const slices: [string, number | undefined, number][] = [
      ['none', undefined, 0],
      ['a', 1, 0],
      ['b', 1, 1],
      ['c', 2, 0],
      ['d', 10, 0],
    ];
    for (let turn = 0; turn < slices.length; turn++) {
      for (const order of [slices, slices.toReversed()]) {
        const { put, all } = gallery();
        for (const [path, number, frame] of [...order.slice(turn), ...order.slice(0, turn)])
          put('s', path, MR, number, frame);
        expect(
          all()[0]
            .slices.map(({ path }) => path)
            .join(' '),
        ).toBe('none a b c d');
      }
    }
  });

  test.each([
    ['its one file', ['d/CT/1.dcm'], 'd/CT/1.dcm'],
    ['the folder of all its files', ['d/CT/1', 'd/CT/2'], 'd/CT'],
    ['the folder that holds theirs', ['d/a/x/1', 'd/a/y/2', 'd/a/3'], 'd/a'],
    ['the drop, where they share no folder', ['a/1', 'b/1'], ''],
    ['the folder of a file and of an archive of its name', ['d/x', 'd/x/1'], 'd'],
    ['its one file, though it has many slices', ['v.nii', 'v.nii'], 'v.nii'],
  ])('lies in %s', (_, paths, place) => {
    const { put, all } = gallery();
    for (const path of paths) put('s', path);
    expect(all()[0].sourcePath).toBe(place);
  });

  test('says what each slice and what all of them look like', () => {
    const { put, all } = gallery();
    for (const probabilities of [CT, MR, MR]) put('s', 'v', probabilities);
    const [{ slices, ...series }] = all();
    expect(slices.map(({ predicted }) => predicted)).toEqual(['CT', 'MR', 'MR']);
    expect(slices[0].probabilities).toEqual([...CT]);
    expect(series).toMatchObject({
      verdict: 'MR',
      number: 7,
      modality: 'CT',
      tag: 'CT',
      tagState: 'differs',
    });
    // Mean logarithms: MR is 7^(1/3) times as probable as CT, and 7^(2/3) times as the others.
    const [a, b] = [7 ** (1 / 3), 7 ** (2 / 3)];
    expect(series.probability).toBeCloseTo(b / (a + b + 2), 6);
    expect(series.agreement).toBeCloseTo(2 / 3);
    // Bayes: the pixels' odds of the tag are a : b + 2, its own 99 : 1.
    expect(series.tagWrong).toBeCloseTo(((0.01 / 3) * (b + 2)) / ((0.01 / 3) * (b + 2) + 0.99 * a), 6);
  });

  test('is judged by probabilities that are scaled, and slices that count as the calibration says', () => {
    const { put, all } = gallery({ calibration: { temperature: 2, correlation: 0 } });
    for (const probabilities of [CT, CT]) put('s', 'v', probabilities);
    const [{ slices, probability }] = all();
    const root = Math.sqrt(7);
    expect(slices[0].probabilities![0]).toBeCloseTo(root / (root + 3), 6);
    expect(probability).toBeCloseTo(7 / (7 + 3), 6);
  });

  test('is judged without its localizers, its captures and its unknown slices', () => {
    const quantiles = Array.from({ length: 101 }, (_, i) => i / 100);
    const { putAs, all } = gallery({ unknown: { slices: quantiles, series: quantiles } });
    putAs('localizer', CT, 0.9);
    putAs('capture', CT, 0.99);
    putAs('original', CT, 0.96);
    putAs('original', MR, 0.2);
    putAs('original', MR, 0.3);
    const [{ verdict, voters, agreement, strangeness, imageType, oddities, slices }] = all();
    expect({ verdict, voters, agreement, imageType }).toEqual({
      verdict: 'MR',
      voters: 2,
      agreement: 1,
      imageType: 'original',
    });
    expect(strangeness).toBeCloseTo(0.3, 10);
    expect(oddities).toEqual(['mixed-types']);
    expect(slices).toHaveLength(5);
  });

  test('has what its file says of it for people, and what is odd about its headers', () => {
    const { add, all } = createSeriesCollector(DEFAULT_SET);
    const slice = { path: 'a', frame: 0, instanceNumber: 1 };
    const heading = { description: 'Liver', objectClass: '1.2.840.10008.5.1.4.1.1.6.1' };
    add(makeFacts('s', 'p'), null, slice, heading);
    add({ ...makeFacts('s', 'p'), rows: 99 }, null, slice, heading);
    expect(all()[0]).toMatchObject({
      ...heading,
      tag: 'other',
      tagState: 'none-of-the-four',
      oddities: ['class-differs', 'several-sizes'],
    });
  });

  test('without a model has no answer, and none of its slices has', () => {
    const { put, all } = gallery();
    put('s', 'v', null);
    const [{ slices, ...series }] = all();
    const none = {
      verdict: null,
      probability: null,
      probabilities: null,
      agreement: null,
      tagState: null,
      tagWrong: null,
    };
    expect(series).toMatchObject(none);
    expect(slices[0]).toMatchObject({ predicted: null, probabilities: null });
  });

  test.each([
    ['DX', 'XR', null],
    ['SEG', 'other', 'none-of-the-four'],
    [null, null, 'absent'],
  ])('of Modality %s has the tag %s', (modality, tag, tagState) => {
    const { putOf, all } = gallery();
    putOf(modality);
    expect(all()[0]).toMatchObject({ modality, tag, tagState });
  });
});

describe('slices that are not looked at', () => {
  const MANY = { thumbnail: new Uint8Array(0), strangeness: null, probabilities: MR };
  const listed = (n: number) => {
    const collector = createSeriesCollector(DEFAULT_SET);
    const at = (i: number) => ({ path: `${i}`, frame: 0, instanceNumber: i });
    const slices = Array.from({ length: n }, (_, i) => collector.add(makeFacts('s', 'p'), null, at(i)));
    return { ...collector, slices };
  };

  test('are listed without an answer, and the verdict is of the others', () => {
    const { slices, looked, all } = listed(20);
    for (const i of [3, 9]) looked(slices[i], MANY);
    const [series] = all();
    expect(series).toMatchObject({ verdict: 'MR', voters: 2 });
    expect(series.slices.flatMap(({ predicted }, i) => (predicted ? [i] : []))).toEqual([3, 9]);
  });

  test('are told at once when they are looked at', () => {
    const { slices, looked, grown } = listed(20);
    expect(grown()[0]).toMatchObject({ verdict: null });
    expect(grown()).toEqual([]);
    looked(slices[3], MANY);
    expect(grown()[0]).toMatchObject({ verdict: 'MR' });
  });

  test('leave their series when they have no picture, and a series of none is told as empty', () => {
    const { slices, drop, all, verdict } = listed(2);
    const [{ key }] = all();
    drop(key, slices[0]);
    expect(all()[0].slices.map(({ path }) => path)).toEqual(['1']);
    drop(key, slices[1]);
    expect(verdict(key)).toBeNull();
    expect(all()).toMatchObject([{ key, slices: [], verdict: null, imageType: null }]);
  });
});

test('of very many slices not all keep their pictures, and each series keeps one', () => {
  const { add, looked, all } = createSeriesCollector(DEFAULT_SET, DEFAULT_SET, undefined, 10);
  for (let i = 0; i < 100; i++) {
    const slice = {
      path: `${i}`,
      frame: 0,
      instanceNumber: i,
    };
    const added = add(makeFacts(i % 10 === 0 ? 'short' : 'long', 'p'), null, slice);
    looked(added, { thumbnail: Uint8Array.of(i), strangeness: null, probabilities: null });
  }
  const kept = all().map(({ slices }) => slices.filter(({ thumbnail }) => thumbnail).length);
  expect(kept.every((n) => n > 0)).toBe(true);
  expect(kept[0] + kept[1]).toBeLessThanOrEqual(30);
});
