/** The registries of variants and plans, and finished cells on disk. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findPlan, PLANS } from '../../../bench/generalise/plans.ts';
import { createResults } from '../../../bench/generalise/results.ts';
import { findVariant, recipeFor, VARIANTS } from '../../../bench/generalise/variants.ts';
import { readSafetensors } from '../../../src/core/export/safetensors.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';

describe('the registries', () => {
  test('name each variant and plan once, and plans name variants that exist', () => {
    const names = VARIANTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(PLANS.map(({ name }) => name)).size).toBe(PLANS.length);
    for (const { variants } of PLANS) for (const name of variants) expect(findVariant(name).name).toBe(name);
  });

  test('the screen tries every variant, the sketch all of one network', () => {
    const namesOf = (some: readonly { name: string }[]) => some.map(({ name }) => name).toSorted();
    expect(findPlan('screen').variants.toSorted()).toEqual(namesOf(VARIANTS));
    const alike = VARIANTS.filter(({ network }) => network === 'resnet18');
    expect(findPlan('sketch').variants.toSorted()).toEqual(namesOf(alike));
  });

  test('refuse other names with those that there are', () => {
    expect(() => findVariant('ful')).toThrow('There is no variant “ful”, but app, none');
    expect(() => findPlan('x')).toThrow('There is no plan “x”, but sketch');
  });
});

describe('noise of each class’s own kind', () => {
  const kindsOf = (label: string, ownNoise: boolean) =>
    recipeFor({ ...findVariant('full'), ownNoise }, label)!.steps.find(({ kind }) => kind === 'noise');

  test('is taken only by variants that say so', () => {
    expect(kindsOf('MR', true)).toMatchObject({ kinds: ['rician'] });
    expect(kindsOf('MR', false)).not.toHaveProperty('kinds');
  });

  test('is named for every class of the default set', () => {
    for (const { id } of DEFAULT_SET.classes)
      expect(kindsOf(id, true)).toHaveProperty('kinds', expect.anything());
  });
});

describe('finished cells', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modality-lab-study-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const results = createResults(folder);
  const key = { variant: findVariant('full'), plan: findPlan('trial'), fold: 0, seed: 1 };
  const judged = {
    logits: Float32Array.of(1, 2, 3, 4),
    mirrored: Float32Array.of(5, 6, 7, 8),
    features: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
    width: 3,
    unknownLogits: Float32Array.of(9, 8),
    unknownFeatures: Float32Array.of(0.7, 0.8, 0.9),
    learnedFeatures: Float32Array.of(1, 2, 3, 4, 5, 6),
    learnedOf: [1, 1],
    none: Float32Array.of(0.5, -0.5),
    unknownNone: Float32Array.of(2),
    state: new Map([['fc.bias', { shape: [2], data: Float32Array.of(1, 2) }]]),
    trainAccuracy: 0.5,
    secondsTrained: 7,
    imagesPerSecond: 80,
  };

  test('are read as they were written', () => {
    expect(results.read(key)).toBeNull();
    results.write(key, { classes: ['A', 'B'], heldOut: ['x'], slicesLearned: 9, slices: [4, 6] }, judged);
    const { record, ...numbers } = results.read(key)!;
    expect(judged).toMatchObject(numbers);
    expect(Object.keys(numbers)).toHaveLength(8);
    const { model } = readSafetensors(readFileSync(join(folder, 'trial', 'full', 'seed1-fold0.safetensors')));
    expect(model).toEqual(judged.state);
    expect(record).toMatchObject({ unknown: 1, learned: 2, heldOut: ['x'], slices: [4, 6], seconds: 7 });
  });

  test('of other settings do not count', () => {
    const { tone } = key.variant.recipe as { tone: object };
    const changed = {
      ...key.variant,
      recipe: { ...(key.variant.recipe as object), tone: { ...tone, gamma: 3 } },
    };
    expect(results.read({ ...key, variant: changed as typeof key.variant })).toBeNull();
    expect(results.read({ ...key, plan: { ...key.plan, epochs: 9 } })).toBeNull();
    expect(results.read({ ...key, seed: 2 })).toBeNull();
  });

  test('stay finished when a new switch comes that is off', () => {
    const widened = { ...key.variant, another: false, more: [], third: null };
    expect(results.read({ ...key, variant: widened })).not.toBeNull();
  });
});
