/** Several runs at once: combinations, and seeds as people write them. */
import { expect, test } from 'vitest';
import { presetConfig } from '../../../src/core/train/presets.ts';
import { configsOf, seedsIn } from '../../../src/core/train/sweep.ts';

test('every network is trained at every size with every seed, all of one seed first', () => {
  const configs = configsOf({
    settings: [presetConfig('quick')],
    networks: ['resnet18', 'vgg16'],
    sizes: [64, 96],
    seeds: [1, 2],
  });
  expect(configs.map(({ seed, inputSize, network }) => `${seed} ${inputSize} ${network}`)).toEqual([
    '1 64 resnet18',
    '1 64 vgg16',
    '1 96 resnet18',
    '1 96 vgg16',
    '2 64 resnet18',
    '2 64 vgg16',
    '2 96 resnet18',
    '2 96 vgg16',
  ]);
});

test('without sizes each settings keep their own', () => {
  const settings = [presetConfig('quick'), presetConfig('paper')];
  const configs = configsOf({ settings, networks: ['resnet18'], sizes: [], seeds: [7] });
  expect(configs).toEqual(settings.map((config) => ({ ...config, seed: 7 })));
});

test('what begins with the starter keeps the starter’s network and size', () => {
  const config = presetConfig('starter');
  expect(configsOf({ settings: [config], networks: ['vgg16'], sizes: [224], seeds: [1, 2] })).toEqual([
    { ...config, seed: 1 },
    { ...config, seed: 2 },
  ]);
});

test('settings of one fold are trained in every fold, where that is asked', () => {
  const fold = { protocol: 'datasets', folds: 3, fold: 1, seed: 7 } as const;
  const settings = [{ ...presetConfig('quick'), fold }, presetConfig('paper')];
  const sweep = { settings, networks: ['resnet18'], sizes: [], seeds: [1] };
  const foldsIn = (configs: ReturnType<typeof configsOf>) => configs.map((config) => config.fold?.fold);
  expect(foldsIn(configsOf(sweep))).toEqual([1, undefined]);
  const every = configsOf({ ...sweep, everyFold: true });
  expect(foldsIn(every)).toEqual([0, 1, 2, undefined]);
  expect(every[2].fold).toEqual({ ...fold, fold: 2 });
});

test.each([
  ['1–3', [1, 2, 3]],
  ['1-3, 7', [1, 2, 3, 7]],
  [' 5 ,5, 4', [5, 4]],
  ['', null],
  ['3–1', null],
  ['a', null],
  ['1,', null],
  ['1–1000', null],
])('seeds “%s”', (text, seeds) => {
  expect(seedsIn(text)).toEqual(seeds);
});

test('for a learning curve each run also learns from shares of the data, drawn with its own seed', () => {
  const settings = [presetConfig('quick')];
  const configs = configsOf({
    settings,
    networks: ['resnet18'],
    sizes: [],
    seeds: [1, 2],
    shares: 'datasets',
  });
  expect(configs.map(({ seed, share }) => [seed, share?.part ?? 1, share?.seed ?? null])).toEqual([
    [1, 1 / 8, 1],
    [1, 1 / 4, 1],
    [1, 1 / 2, 1],
    [1, 1, null],
    [2, 1 / 8, 2],
    [2, 1 / 4, 2],
    [2, 1 / 2, 2],
    [2, 1, null],
  ]);
});
