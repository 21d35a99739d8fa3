/** Shares of the training data: whole series or datasets, the smaller within the larger, and of train alone. */
import { describe, expect, test } from 'vitest';
import { runSplits } from '../../../src/core/dataset/foldSplit.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { partWords, SHARE_UNITS, type Share, shareWords, UNDRAWN } from '../../../src/core/dataset/share.ts';
import { makeDataset, makeFacts, makeIndex } from '../../builders/storage.ts';

const IDS = Array.from({ length: 16 }, (_, i) => `d${i}`);
const RECORDS = [...IDS.map((id) => makeDataset(id, 'p')), makeDataset('t', 'p', 'test')];

/** Sixteen training datasets, half of each class, with four series of three slices each; and one of test, in two shards. */
const SHARDS: ShardIndex[] = [IDS.slice(0, 8), [...IDS.slice(8), 't']].map((ids, shard) => {
  const rows = ids.flatMap((id) => Array.from({ length: 12 }, () => id));
  const index = { ...makeIndex('p', rows, shard + 1), shard: shard + 1 };
  index.label = Uint8Array.from(rows, (id) => Number(id.slice(1) || 0) % 2);
  index.series = ids.flatMap((id) =>
    [0, 1, 2, 3].map((n) => makeFacts(`series ${id} ${n}`, `patient ${id}`)),
  );
  index.seriesOf = Uint16Array.from(rows, (_, row) => Math.floor(row / 3));
  return index;
});

/** The rows of train that a run learns from, as "shard row". */
function learned(share?: Share): string[] {
  const { datasets, out } = runSplits(RECORDS, SHARDS, 4, undefined, share);
  return SHARDS.flatMap((index) =>
    Array.from(index.dataset.keys())
      .filter((row) => datasets.train.has(index.datasets[index.dataset[row]]))
      .filter((row) => !out.train.get(index.shard)?.[row])
      .map((row) => `${index.shard} ${row}`),
  );
}

const unitsOf = (rows: readonly string[], size: number) =>
  rows.map((row) => row.split(' ').map(Number)).map(([shard, row]) => `${shard} ${Math.floor(row / size)}`);

describe.each(SHARE_UNITS)('drawn by %s', (by) => {
  const size = by === 'series' ? 3 : 12;
  const draw = (part: number, seed = 1) => learned({ by, part, seed });

  test('a part has so many of them, each whole, and of each class as many', () => {
    for (const part of [1 / 8, 1 / 4, 1 / 2]) {
      const rows = draw(part);
      expect(rows).toHaveLength(192 * part);
      const units = unitsOf(rows, size);
      for (const unit of new Set(units)) expect(units.filter((one) => one === unit)).toHaveLength(size);
      const labels = rows.map((row) => row.split(' ').map(Number)).map(([s, r]) => SHARDS[s - 1].label[r]);
      expect(labels.filter((label) => label === 0)).toHaveLength(96 * part);
    }
  });

  test('the smaller lies within the larger', () => {
    for (const seed of [1, 2, 3]) {
      const parts = [1 / 8, 1 / 4, 1 / 2].map((part) => new Set(draw(part, seed)));
      for (const row of parts[0]) expect(parts[1].has(row)).toBe(true);
      for (const row of parts[1]) expect(parts[2].has(row)).toBe(true);
    }
  });

  test('the same seed draws the same, another one others', () => {
    expect(draw(1 / 4)).toEqual(draw(1 / 4));
    expect(draw(1 / 4, 2)).not.toEqual(draw(1 / 4));
  });

  test('other splits are left as they are', () => {
    const { out } = runSplits(RECORDS, SHARDS, 4, undefined, { by, part: 1 / 8, seed: 1 });
    expect([...out.test.values()].some((rows) => rows.includes(UNDRAWN))).toBe(false);
    const index = SHARDS[1];
    const tested = [...index.dataset.keys()].filter((row) => index.datasets[index.dataset[row]] === 't');
    for (const row of tested) expect(out.train.get(index.shard)![row]).toBe(0);
  });
});

test('a class with little has at least one of it', () => {
  expect(learned({ by: 'datasets', part: 1 / 100, seed: 1 })).toHaveLength(24);
});

test('is told in words', () => {
  expect(shareWords({ by: 'series', part: 1 / 8, seed: 3 })).toBe('1/8 of the series in train');
  expect(partWords(0.3)).toBe('30 %');
  expect(shareWords(undefined)).toBeNull();
});
