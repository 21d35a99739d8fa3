/** What the queue's dialog makes of its choices, and which runs a filter leaves. */
import { expect, test } from 'vitest';
import { presetConfig } from '../../../src/core/train/presets.ts';
import { type Choices, MOST_RUNS, planOf, secondsOf } from '../../../src/ui/train/queuePlan.ts';
import { ALL_RUNS, filterRuns, tagsOf } from '../../../src/ui/train/runsFilter.ts';
import { manyRuns } from '../../fakes/queued.ts';

const CHOICES: Choices = {
  settings: [presetConfig('quick')],
  networks: ['resnet18'],
  sizes: [],
  everyFold: false,
  shares: null,
  seeds: '1',
  name: '',
  note: '',
  tags: '',
};

const titles = (change: Partial<Choices>) => planOf({ ...CHOICES, ...change }).runs.map(({ title }) => title);

test('a run is named by what tells it from the others; one alone by its settings', () => {
  expect(titles({})).toEqual([null]);
  expect(titles({ seeds: '1–2' })).toEqual([
    'ResNet-18 · 64 · 8 epochs · seed 1',
    'ResNet-18 · 64 · 8 epochs · seed 2',
  ]);
  expect(titles({ name: ' Night ', seeds: '4' })).toEqual(['Night · ResNet-18 · 64']);
  expect(titles({ settings: [presetConfig('quick'), presetConfig('paper')] })).toEqual([
    'ResNet-18 · 64 · Quick',
    'ResNet-18 · 224 · Paper',
  ]);
});

test('shares are named, the whole is not', () => {
  expect(titles({ name: 'Sizes', shares: 'series' })).toEqual([
    'Sizes · ResNet-18 · 64 · 1/8 of the series in train',
    'Sizes · ResNet-18 · 64 · 1/4 of the series in train',
    'Sizes · ResNet-18 · 64 · 1/2 of the series in train',
    'Sizes · ResNet-18 · 64',
  ]);
});

test('folds are named, each by its place', () => {
  const fold = { protocol: 'patients', folds: 3, fold: 1, seed: 1 } as const;
  const settings = [{ ...presetConfig('quick'), fold }];
  expect(titles({ settings, name: 'Night' })).toEqual(['Night · ResNet-18 · 64 · fold 2 of 3 over patients']);
  expect(titles({ settings, name: 'Night', everyFold: true })).toEqual([
    'Night · ResNet-18 · 64 · fold 1 of 3 over patients',
    'Night · ResNet-18 · 64 · fold 2 of 3 over patients',
    'Night · ResNet-18 · 64 · fold 3 of 3 over patients',
  ]);
});

test('tags and note are those of all', () => {
  const { runs } = planOf({ ...CHOICES, seeds: '1–2', tags: 'night, , pilot', note: ' a note ' });
  expect(runs.map(({ tags, note }) => ({ tags, note }))).toEqual(
    Array(2).fill({ tags: ['night', 'pilot'], note: 'a note' }),
  );
});

test.each([
  [{ settings: [] }, 'Tick at least one of the settings.'],
  [{ networks: [] }, 'Tick at least one network.'],
  [{ seeds: 'x' }, 'Write seeds as whole numbers: 1–3, or 1, 5, 9.'],
  [{ seeds: `1–${MOST_RUNS + 1}` }, `These are ${MOST_RUNS + 1} runs. Choose at most ${MOST_RUNS} at once.`],
])('what can’t be queued says why: %o', (change, problem) => {
  expect(planOf({ ...CHOICES, ...change })).toEqual({ runs: [], problem });
});

test('the starter’s settings need no network', () => {
  const { problem, runs } = planOf({ ...CHOICES, settings: [presetConfig('starter')], networks: [] });
  expect([problem, runs.length]).toEqual([null, 1]);
});

test('time adds up, and is not known if one is not', () => {
  const { runs } = planOf({ ...CHOICES, seeds: '1–3' });
  const estimate = { seconds: 60, imagesPerSecond: 1, from: 'same' as const, memoryBytes: 1 };
  expect(secondsOf(runs, () => estimate)).toBe(180);
  expect(secondsOf(runs, ({ seed }) => (seed === 2 ? null : estimate))).toBeNull();
});

test('runs are found by words, status and tag', () => {
  const runs = manyRuns();
  const found = (change: Partial<typeof ALL_RUNS>) => filterRuns(runs, { ...ALL_RUNS, ...change }).length;
  expect(found({})).toBe(60);
  expect(found({ status: 'failed' })).toBe(6);
  expect(found({ tag: 'pilot' })).toBe(30);
  expect(found({ search: 'best SEED' })).toBe(1);
  expect(found({ search: 'vgg16 even' })).toBe(10);
  expect(tagsOf(runs)).toEqual(['even', 'odd', 'pilot']);
});
