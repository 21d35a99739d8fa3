/** Arithmetic of the audit trial: which series are changed, and how many of them a ranking finds. */
import { describe, expect, test } from 'vitest';
import { flipSeries, trainingSeries } from '../../bench/audit/corpus.ts';
import { foundAtRandom, foundIn } from '../../bench/audit/measure.ts';
import { auditTable } from '../../src/core/audit/table.ts';
import { makeSeriesShards } from '../builders/series.ts';
import { makeDataset } from '../builders/storage.ts';

describe('found', () => {
  const isWrong = [1, 0, 0, 1, 0, 0, 0, 0, 0, 0];

  test('precision and recall are of the first share of all items', () => {
    expect(foundIn([3, 2, 0, 1], isWrong, 0.2)).toEqual({ items: 2, found: 1, precision: 0.5, recall: 0.5 });
    expect(foundIn([3, 2, 0, 1], isWrong, 0.3)).toEqual({ items: 3, found: 2, precision: 0.667, recall: 1 });
  });

  test('an item that comes twice counts once, at its first place', () => {
    expect(foundIn([3, 3, 0], isWrong, 0.2)).toEqual({ items: 2, found: 2, precision: 1, recall: 1 });
  });

  test('a ranking that ends early is precise in what it has', () => {
    expect(foundIn([3], isWrong, 0.5)).toEqual({ items: 5, found: 1, precision: 1, recall: 0.5 });
    expect(foundIn([], isWrong, 0.5)).toMatchObject({ precision: 0, recall: 0 });
  });

  test('a random order finds the share it has looked at', () => {
    expect(foundAtRandom(isWrong, 0.3)).toEqual({ items: 3, precision: 0.2, recall: 0.3 });
  });
});

describe('changed labels', () => {
  const table = auditTable(
    makeSeriesShards(Array.from({ length: 40 }, (_, i) => ({ dataset: 'd', series: `s${i}`, slices: 2 }))),
  );
  const flipped = flipSeries(table, { classes: 4, share: 0.1, seed: 1 });

  test('are those of whole series, as many as asked for', () => {
    expect(flipped.series).toBe(4);
    expect(flipped.isFlipped.filter(Boolean)).toHaveLength(8);
    for (let i = 0; i < 80; i += 2) expect(flipped.isFlipped[i]).toBe(flipped.isFlipped[i + 1]);
  });

  test('are other classes, and all else is as before', () => {
    for (let i = 0; i < 80; i++) {
      expect(flipped.label[i] !== table.label[i]).toBe(flipped.isFlipped[i] === 1);
      expect(flipped.label[i]).toBeLessThan(4);
    }
  });

  test('are the same for the same seed, and others for another', () => {
    const again = (seed: number) => [...flipSeries(table, { classes: 4, share: 0.1, seed }).label];
    expect(again(1)).toEqual([...flipped.label]);
    expect(again(2)).not.toEqual([...flipped.label]);
  });
});

test('only the train split is used, with at most so many series of a class and slices of a series', () => {
  const shards = makeSeriesShards([
    ...Array.from({ length: 6 }, (_, i) => ({ dataset: 'a', series: `s${i}`, slices: 5 })),
    { dataset: 'a', series: 'mr', label: 'MR', slices: 1 },
    { dataset: 'a', series: 'none', label: null, slices: 1 },
    { dataset: 'b', series: 't', slices: 1 },
  ]);
  const corpus = {
    records: [makeDataset('a', 'p'), makeDataset('b', 'p', 'test')],
    shards: shards.map((shard) => ({ ...shard, pixels: new Uint8Array(0) })),
  };
  const table = auditTable(trainingSeries(corpus, 4, { series: 3, slices: 2 }));
  expect(table.series.map(({ key }) => key.split(' ')[0])).toEqual(['s0', 's2', 's4', 'mr']);
  expect(table.count).toBe(7);
});
