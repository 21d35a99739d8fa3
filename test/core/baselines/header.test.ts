/** The two baselines that read headers alone, and the slices that all learn from. */
import { describe, expect, test } from 'vitest';
import type { HeaderFacts } from '../../../src/core/baselines/baseline.ts';
import { HEADER } from '../../../src/core/baselines/header.ts';
import { BASELINES } from '../../../src/core/baselines/index.ts';
import { BASELINE_META } from '../../../src/core/baselines/meta.ts';
import { sampleSlices } from '../../../src/core/baselines/sample.ts';
import { TAG } from '../../../src/core/baselines/tag.ts';
import { exampleWeights } from '../../../src/core/baselines/weights.ts';

const image = (side: number, more: Partial<HeaderFacts> = {}): HeaderFacts => ({
  modalityTag: null,
  format: 'dicom',
  rows: side,
  columns: side,
  bits: 16,
  signed: false,
  ...more,
});

/** Answers of a header's baseline that learned from slices, each with its class. */
function learned(baseline: typeof TAG | typeof HEADER, slices: readonly [number, HeaderFacts][]) {
  if (baseline.sees !== 'header') throw new Error('It sees pixels.');
  const answer = baseline.fit(
    {
      classes: 2,
      label: Uint8Array.from(slices, ([label]) => label),
      weight: new Float64Array(slices.length).fill(1),
    },
    slices.map(([, facts]) => facts),
  );
  return (facts: HeaderFacts) => Array.from(answer(facts));
}

describe('size and format alone', () => {
  const answer = learned(HEADER, [
    [0, image(512)],
    [0, image(512)],
    [1, image(512)],
    [1, image(256)],
    [0, image(200, { format: 'png', bits: 8 })],
  ]);

  test('an image like some of training gets the shares of their classes', () => {
    const [first, second] = answer(image(512));
    expect(first).toBeCloseTo(2 / 3);
    expect(second).toBeCloseTo(1 / 3);
  });

  test('another size gets the class of the nearest one', () => {
    expect(answer(image(300))).toEqual([0, 1]);
  });

  test('the format weighs more than the size', () => {
    expect(answer(image(512, { format: 'png', bits: 8 }))).toEqual([1, 0]);
  });

  test('the tag makes no difference', () => {
    expect(answer(image(256, { modalityTag: 'CT' }))).toEqual(answer(image(256)));
  });
});

describe('the DICOM tag alone', () => {
  const answer = learned(TAG, [
    [0, image(512, { modalityTag: 'CT' })],
    [1, image(512, { modalityTag: 'MR' })],
    [1, image(512, { modalityTag: 'MR' })],
    [0, image(512, { modalityTag: 'MR' })],
  ]);

  test('a tag of training gets the shares of its classes', () => {
    expect(answer(image(1, { modalityTag: 'CT' }))).toEqual([1, 0]);
    expect(answer(image(1, { modalityTag: 'MR' }))[1]).toBeCloseTo(2 / 3);
  });

  test.each([null, 'US'])(
    'with the tag %s, which training lacked, the classes are as often as there',
    (tag) => {
      expect(answer(image(1, { modalityTag: tag }))).toEqual([0.5, 0.5]);
    },
  );
});

describe('the slices that baselines learn from', () => {
  test('count so that each class has the same weight, and each dataset of a class', () => {
    const label = Uint8Array.of(0, 0, 0, 0, 1);
    const weights = exampleWeights({ count: 5, label, dataset: Uint16Array.of(0, 0, 0, 1, 1) });
    [5 / 12, 5 / 12, 5 / 12, 5 / 4, 5 / 2].forEach((weight, i) => {
      expect(weights[i]).toBeCloseTo(weight);
    });
  });

  test('are all slices of a small project', () => {
    const table = { count: 3, label: new Uint8Array(3), dataset: new Uint16Array(3) };
    expect([...sampleSlices(table)]).toEqual([0, 1, 2]);
  });

  test('are of a large one as many of each class and dataset, spread over them', () => {
    // 60 of class 0 in two datasets of 50 and 10, 40 of class 1, 2 of class 2.
    const label = Uint8Array.from({ length: 102 }, (_, i) => (i < 60 ? 0 : i < 100 ? 1 : 2));
    const dataset = Uint16Array.from({ length: 102 }, (_, i) => (i < 50 ? 0 : 1));
    const chosen = sampleSlices({ count: 102, label, dataset }, 32);
    expect(chosen).toHaveLength(32);
    expect(new Set(chosen).size).toBe(32);
    const inside = (from: number, to: number) => [...chosen].filter((i) => i >= from && i < to).length;
    expect([inside(0, 50), inside(50, 60), inside(60, 100), inside(100, 102)]).toEqual([8, 7, 15, 2]);
    expect(Math.max(...chosen.slice(0, 8))).toBeGreaterThan(40);
  });
});

test('every baseline of the registry has its sentences, and none is listed twice', () => {
  expect(BASELINES.map(({ meta }) => meta)).toEqual(Object.values(BASELINE_META));
  expect(new Set(BASELINES.map(({ meta }) => meta.key)).size).toBe(BASELINES.length);
});
