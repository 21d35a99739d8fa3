/** What ties a checkpoint to its run, and the presets. */
import { describe, expect, test } from 'vitest';
import type { LabelSet } from '../../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { allFinite, fingerprint, readLoopState } from '../../../src/core/train/checkpoint.ts';
import { startLoop } from '../../../src/core/train/loop.ts';
import { PRESETS, presetConfig } from '../../../src/core/train/presets.ts';
import { PRESET_NAMES } from '../../../src/core/train/run.ts';
import { sliceTable } from '../../../src/core/train/table.ts';
import { fakeShards } from './fake.ts';

describe('a fingerprint', () => {
  const make = () =>
    fakeShards(
      [
        { dataset: 'a', label: 0, n: 6 },
        { dataset: 'b', label: 1, n: 3 },
      ],
      5,
    );
  const config = presetConfig('quick');
  const of = (indexes = make(), settings = config, set: LabelSet = DEFAULT_SET) =>
    fingerprint(settings, set, sliceTable(indexes, new Set(['a', 'b']), 4), indexes);

  test('is the same for the same data and settings, in any order of keys, on any device', () => {
    const reordered = Object.fromEntries(Object.entries(config).reverse()) as typeof config;
    expect(of()).toBe(of(make(), { ...reordered, device: 'reference' }));
    expect(of()).toMatch(/^[0-9a-f]{16}$/);
  });

  test('is on the default set what it was before there were sets, and has the classes of any other set', () => {
    const { outliers: _, ...before } = config;
    expect(of(make(), before)).toBe('8ab5d9c70bc452f7');
    const renamed = { ...DEFAULT_SET, classes: DEFAULT_SET.classes.map((one) => ({ ...one, name: 'x' })) };
    expect(of(make(), config, renamed)).toBe(of());
    const turned = { ...DEFAULT_SET, classes: DEFAULT_SET.classes.toReversed() };
    expect(new Set([of(), of(make(), config, turned), of(make(), config, BODY_REGION_SET)]).size).toBe(3);
  });

  test('is another one for other labels, pixels, slices or settings', () => {
    const relabelled = make();
    relabelled[0].label[2] = 3;
    const repainted = make();
    repainted[1].crc32 = 1;
    const fewer = make();
    fewer[0].removed[0] = 1;
    const all = [
      of(),
      of(relabelled),
      of(repainted),
      of(fewer),
      of(make(), { ...config, seed: 2 }),
      of(make(), { ...config, schedule: { kind: 'cosine', warmup: 0.2 } }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

test('a loop’s state is read back, and what is none is not', () => {
  expect(readLoopState(structuredClone(startLoop()))).toEqual(startLoop());
  const { schedule: _, ...older } = startLoop();
  for (const other of [null, undefined, 3, {}, older]) expect(readLoopState(other)).toBeNull();
});

test('a state with a number that is none is found', () => {
  const tensor = (...values: number[]) =>
    new Map([['w', { shape: [values.length], data: Float32Array.of(...values) }]]);
  expect(allFinite({ model: tensor(1, 2), momentum: tensor(0) })).toBe(true);
  expect(allFinite({ model: tensor(1, Number.NaN), momentum: tensor(0) })).toBe(false);
  expect(allFinite({ model: tensor(1), momentum: tensor(Number.POSITIVE_INFINITY) })).toBe(false);
});

describe('presets', () => {
  test('are all there, each with a sentence', () => {
    for (const name of PRESET_NAMES) expect(PRESETS[name].description).toMatch(/\.$/);
  });

  test('follow the paper’s text and its code', () => {
    expect(presetConfig('paper')).toMatchObject({
      learningRate: 0.1,
      momentum: 0.9,
      batch: 128,
      epochs: 10,
      weightDecay: 0.005,
      inputSize: 224,
      schedule: { kind: 'plateau', factor: 0.1 },
      balance: false,
      augment: false,
    });
    expect(presetConfig('paper-code')).toMatchObject({
      learningRate: 0.01,
      weightDecay: 0,
      epochs: 5,
      schedule: { kind: 'plateau', patience: 3, checksPerEpoch: 10 },
    });
  });
});
