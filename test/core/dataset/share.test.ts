/** Shares of the training data: whole series or datasets, the smaller within the larger, and of train alone. */
import { describe, expect, test } from 'vitest';
import { COLUMN_NAMES, emptyColumns } from '../../../src/core/columns.ts';
import { runSplits } from '../../../src/core/dataset/foldSplit.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { partWords, SHARE_UNITS, type Share, shareWords, UNDRAWN } from '../../../src/core/dataset/share.ts';
import { hash32, random } from '../../../src/core/random.ts';
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

/** What is in the pixels of a slice follows from its dataset, series and number. */
type Slice = { dataset: string; series: string; number: number; sum: number; label: number };
const SLICES: Slice[] = IDS.flatMap((dataset, d) =>
  [0, 1, 2].flatMap((n) =>
    [0, 1, 2].map((number) => {
      const sum = hash32(1, d * 3 + n, number);
      return { dataset, series: `${dataset} ${n}`, number, sum, label: d % 2 };
    }),
  ),
);

/** In shards of seven, in the order given. `key` stands for the key of a project: every identifier depends on it. */
function shardsOf(slices: readonly Slice[], key: number): ShardIndex[] {
  return Array.from({ length: Math.ceil(slices.length / 7) }, (_, i) => {
    const rows = slices.slice(i * 7, i * 7 + 7);
    const names = [...new Set(rows.map(({ series }) => series))];
    const datasets = [...new Set(rows.map(({ dataset }) => `${key} ${dataset}`))];
    return {
      ...emptyColumns(rows.length, COLUMN_NAMES),
      ...{ shard: i + 1, project: 'p', count: rows.length, crc32: 0, datasets },
      dataset: Uint16Array.from(rows, ({ dataset }) => datasets.indexOf(`${key} ${dataset}`)),
      key: new Uint8Array(rows.length * 16).map((_, at) => hash32(key, i, at)),
      source: new Uint8Array(rows.length),
      series: names.map((name) => makeFacts(`${hash32(key, 0, 0)} ${name}`, `${key} ${name}`)),
      seriesOf: Uint16Array.from(rows, ({ series }) => names.indexOf(series)),
      label: Uint8Array.from(rows, ({ label }) => label),
      sums: Uint32Array.from(rows, ({ sum }) => sum),
    };
  });
}

function drawnOf(slices: readonly Slice[], share: Share, key = 1, excluded: readonly Slice[] = []): string[] {
  const stored = shardsOf(slices, key);
  const used = stored.map((index) => ({ ...index, removed: index.removed.slice() }));
  slices.forEach((slice, i) => {
    if (excluded.includes(slice)) used[Math.floor(i / 7)].removed[i % 7] = 1;
  });
  const records = IDS.map((id) => makeDataset(`${key} ${id}`, 'p'));
  const { out } = runSplits(records, used, 4, undefined, share, stored);
  return slices
    .filter((_, i) => !out.train.get(Math.floor(i / 7) + 1)![i % 7])
    .map(({ series, number }) => `${series} ${number}`)
    .sort();
}

describe.each(SHARE_UNITS)('which %s are drawn follows from their pixels:', (by) => {
  const share: Share = { by, part: 1 / 4, seed: 5 };
  const expected = drawnOf(SLICES, share);

  test('in any order of what was dropped, and with any key, the same', () => {
    expect(expected).toHaveLength(36);
    for (let seed = 1; seed <= 20; seed++) {
      const order = random(seed).shuffle(Uint32Array.from(SLICES.keys()));
      const shuffled = Array.from(order, (at) => SLICES[at]);
      expect(drawnOf(shuffled, share, seed)).toEqual(expected);
    }
  });

  test('a slice that is excluded changes nothing else', () => {
    for (const slice of SLICES) {
      const name = `${slice.series} ${slice.number}`;
      // A split lists what it leaves out of the slices in use: one that is excluded is not among these.
      expect(drawnOf(SLICES, share, 1, [slice]).filter((one) => one !== name)).toEqual(
        expected.filter((one) => one !== name),
      );
    }
  });

  test('over many seeds each is drawn about as often', () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++)
      for (const name of drawnOf(SLICES, { ...share, seed })) times.set(name, (times.get(name) ?? 0) + 1);
    // 400 draws of a quarter: 100 each, with a standard deviation below 9.
    expect(times.size).toBe(SLICES.length);
    for (const n of times.values()) expect(Math.abs(n - 100)).toBeLessThan(45);
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
