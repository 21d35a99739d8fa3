/** Which slices an epoch draws, how often and in which order. */
import { describe, expect, test } from 'vitest';
import { drawWeights, epochPlan, stepsPerEpoch } from '../../../src/core/train/plan.ts';
import { presetConfig } from '../../../src/core/train/presets.ts';
import { PRESET_NAMES } from '../../../src/core/train/run.ts';
import { sliceTable } from '../../../src/core/train/table.ts';
import { fakeShards, fakeTable } from './fake.ts';

const RUNS = [
  { dataset: 'big', label: 0, n: 160 },
  { dataset: 'small', label: 0, n: 10 },
  { dataset: 'mixed', label: 1, n: 40 },
  { dataset: 'mixed', label: 3, n: 5 },
];
const table = fakeTable(RUNS);
const draws = 240;
const plan = (epoch: number, options: { seed?: number; capacity?: number; balance?: boolean } = {}) =>
  epochPlan(table, drawWeights(table, draws, options.balance ?? true), {
    seed: options.seed ?? 1,
    epoch,
    draws,
    capacity: options.capacity ?? 10_000,
  });

/** Draws by label and by dataset. */
function tally(order: Uint32Array) {
  const labels: Record<number, number> = {};
  const datasets: Record<string, number> = {};
  for (const slice of order) {
    const name = table.datasets[table.dataset[slice]];
    labels[table.label[slice]] = (labels[table.label[slice]] ?? 0) + 1;
    datasets[name] = (datasets[name] ?? 0) + 1;
  }
  return { labels, datasets };
}

describe('an epoch plan', () => {
  test('draws each class equally often when balanced', () => {
    const { labels } = tally(plan(0).order);
    for (const label of [0, 1, 3]) expect(Math.abs(labels[label] - draws / 3)).toBeLessThanOrEqual(1);
  });

  test('draws datasets of a class by the square root of their size', () => {
    const { datasets } = tally(plan(0).order);
    expect(datasets.big / datasets.small).toBeCloseTo(4, 0);
  });

  test('draws a slice of weight w floor(w) or floor(w) + 1 times', () => {
    const weights = drawWeights(table, draws, true);
    const times = new Uint32Array(table.count);
    for (const slice of plan(3).order) times[slice]++;
    times.forEach((n, i) => {
      expect([Math.floor(weights[i]), Math.floor(weights[i]) + 1]).toContain(n);
    });
  });

  test('shows every slice of a large dataset over the epochs', () => {
    const seen = new Set<number>();
    for (let epoch = 0; epoch < 8; epoch++) for (const slice of plan(epoch).order) seen.add(slice);
    expect(seen.size).toBe(table.count);
  });

  test('shows every slice at least once, and fills the last batch, when not balanced', () => {
    expect(stepsPerEpoch(table.count, { batch: 16, augment: false })).toBe(14);
    const full = epochPlan(table, drawWeights(table, 14 * 16, false), {
      seed: 1,
      epoch: 0,
      draws: 14 * 16,
      capacity: 10_000,
    });
    expect(new Set(full.order).size).toBe(table.count);
    expect(full.order.length).toBe(14 * 16);
  });

  test('shows at least as many images as are asked for', () => {
    expect(stepsPerEpoch(10, { batch: 16, augment: true, leastImages: 1024 })).toBe(64);
    expect(stepsPerEpoch(2000, { batch: 16, augment: true, leastImages: 1024 })).toBe(125);
  });

  test('has the same steps with and without augmentation, in every preset', () => {
    for (const name of PRESET_NAMES) {
      const config = presetConfig(name);
      const steps = [true, false].map((augment) => stepsPerEpoch(181, { ...config, augment }));
      expect(steps[0]).toBe(steps[1]);
    }
  });

  test('of a run stored before this was a setting keeps its steps', () => {
    expect(stepsPerEpoch(10, { batch: 16, augment: true })).toBe(64);
    expect(stepsPerEpoch(10, { batch: 16, augment: false })).toBe(1);
  });

  test('is the same for the same seed and epoch, and another for others', () => {
    expect(plan(2).order).toEqual(plan(2).order);
    expect(plan(2).order).not.toEqual(plan(3).order);
    expect(plan(2).order).not.toEqual(plan(2, { seed: 2 }).order);
  });

  test('shows the same slices in another order in another epoch', () => {
    const once = (epoch: number) =>
      epochPlan(table, new Float64Array(table.count).fill(1), {
        seed: 1,
        epoch,
        draws: table.count,
        capacity: 10_000,
      }).order;
    expect(once(0).toSorted()).toEqual(once(1).toSorted());
    expect(once(0)).not.toEqual(once(1));
  });

  test('keeps its groups below the capacity and its draws inside their group', () => {
    const { groups, order } = plan(1, { capacity: 40 });
    expect(groups.length).toBeGreaterThan(3);
    expect(groups[0].from).toBe(0);
    expect(groups.at(-1)!.to).toBe(draws);
    groups.forEach((group, g) => {
      if (g > 0) expect(group.from).toBe(groups[g - 1].to);
      const drawn = new Set(order.subarray(group.from, group.to));
      expect(drawn.size).toBeLessThanOrEqual(40);
      for (const slice of drawn) {
        const shard = table.start.findLastIndex((first) => first <= slice);
        expect(group.shards).toContain(shard);
      }
    });
  });

  test('mixes the shards of a group', () => {
    const { order } = plan(0);
    const half = tally(order.subarray(0, draws / 2)).labels;
    for (const label of [0, 1, 3]) expect(half[label]).toBeGreaterThan(20);
  });
});

describe('a slice table', () => {
  test('leaves out other splits, removed, unlabelled and excluded slices', () => {
    const indexes = fakeShards(
      [
        { dataset: 'a', label: 0, n: 4 },
        { dataset: 'b', label: 1, n: 4 },
        { dataset: 'a', label: 4, n: 2 },
      ],
      5,
    );
    indexes[0].removed[1] = 1;
    const excluded = new Map([[indexes[0].shard, Uint8Array.of(1, 0, 0, 0, 0)]]);
    const only = sliceTable(indexes, new Set(['a']), 4, excluded);
    expect([...only.row]).toEqual([2, 3]);
    expect([...only.shards]).toEqual([indexes[0].shard]);
    expect([...only.start]).toEqual([0, 2]);
    expect(only.datasets).toEqual(['a']);
  });

  test('numbers datasets alike across shards', () => {
    const indexes = fakeShards(
      [
        { dataset: 'a', label: 0, n: 3 },
        { dataset: 'b', label: 1, n: 3 },
      ],
      2,
    );
    expect([...sliceTable(indexes, new Set(['a', 'b']), 4).dataset]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([...sliceTable(indexes, new Set(['b']), 4).dataset]).toEqual([0, 0, 0]);
  });
});
