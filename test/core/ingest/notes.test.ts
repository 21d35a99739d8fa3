/** What an ingest notes as it goes: which file a slice came from, which folder is which dataset, what still waits. */
import { describe, expect, test } from 'vitest';
import { DAMAGED, type ShardIndex } from '../../../src/core/dataset/shard.ts';
import type { DatasetFolder } from '../../../src/core/files/datasetFolder.ts';
import type { SliceBatch } from '../../../src/core/files/sliceBatch.ts';
import { createSources, type SliceSources } from '../../../src/core/files/sources.ts';
import { createOverlap } from '../../../src/core/ingest/overlap.ts';
import { createWaiting } from '../../../src/core/ingest/waiting.ts';
import { KEY_BYTES } from '../../../src/core/types.ts';
import { makeFacts, makeIndex } from '../../builders/storage.ts';

const slices = (count: number, value = 0): SliceBatch =>
  ({ count, key: new Uint8Array(count * KEY_BYTES).fill(value), series: makeFacts('s', 'p') }) as SliceBatch;

describe('where slices came from', () => {
  function notes() {
    const told: SliceSources[] = [];
    return { told, ...createSources((sources) => told.push(sources)) };
  }

  test('is told with every file’s path once, and the key of each slice', () => {
    const { told, add, flush } = notes();
    add('a', slices(2, 1));
    add('a', slices(1, 2));
    add('none', slices(0));
    add('b', slices(1, 3));
    expect(told).toEqual([]);
    flush();
    flush();
    expect(told).toHaveLength(1);
    expect(told[0].paths).toEqual(['a', 'b']);
    expect([...told[0].pathOf]).toEqual([0, 0, 0, 1]);
    expect([0, 1, 2, 3].map((i) => told[0].keys[i * KEY_BYTES + 3])).toEqual([1, 1, 2, 3]);
    expect(told[0].keys).toHaveLength(4 * KEY_BYTES);
  });

  test('is told of 512 slices at once, then anew', () => {
    const { told, add, flush } = notes();
    add('a', slices(511));
    expect(told).toHaveLength(0);
    add('b', slices(1));
    expect(told.map(({ pathOf }) => pathOf.length)).toEqual([512]);
    add('c', slices(3));
    flush();
    expect(told[1].paths).toEqual(['c']);
    expect([...told[1].pathOf]).toEqual([0, 0, 0]);
  });
});

describe('a folder is a dataset that was read before', () => {
  /** Rows of dataset a, b, a; each of a series and a patient of its own. */
  function stored(removed: number[] = [0, 0, 0]): ShardIndex {
    const columns = makeIndex('p', ['a', 'b', 'a']);
    return {
      ...columns,
      shard: 1,
      removed: Uint8Array.from(removed),
      series: [
        { ...makeFacts('s1', 'p1'), patientFrom: 'patient' },
        { ...makeFacts('s2', 'p2'), patientFrom: 'patient' },
        { ...makeFacts('s3', 'p3'), patientFrom: 'study' },
      ],
      seriesOf: Uint16Array.of(0, 1, 2),
    };
  }
  const other = { ...makeFacts('new', 'new'), patientFrom: 'patient' as const };

  test.each([
    ['a series of it', { ...other, series: 's1' }, true],
    ['another slice’s series', { ...other, series: 's3' }, true],
    ['a patient of it', { ...other, patient: 'p1' }, true],
    ['a series of another', { ...other, series: 's2' }, false],
    ['a patient of another', { ...other, patient: 'p2' }, false],
    ['nothing of it', other, false],
    ['what stands for a patient', { ...other, patient: 'p1', patientFrom: 'study' as const }, false],
    ['a patient that was none', { ...other, patient: 'p3' }, false],
  ])('where it holds %s: %s', (_, facts, same) => {
    expect(createOverlap([stored()])('a', facts)).toBe(same);
  });

  test('though that slice is damaged, not where it was removed', () => {
    const facts = { ...other, series: 's1' };
    expect(createOverlap([stored([DAMAGED, 0, 0])])('a', facts)).toBe(true);
    expect(createOverlap([stored([1, 0, 0])])('a', facts)).toBe(false);
    expect(createOverlap([stored([1, 0, 0]), stored()])('a', facts)).toBe(true);
    expect(createOverlap([stored()])('none', facts)).toBe(false);
  });
});

describe('slices of a folder that may have been read before', () => {
  const place = (path: string) => ({ path }) as DatasetFolder;

  /** Folders in `known` are seen to be one; the others are decided in the order of `decided`. */
  function waiting(known: Set<string>) {
    const decided: string[] = [];
    const idOf = async ({ path }: DatasetFolder, _: unknown, decide?: boolean) => {
      if (decide) decided.push(path);
      return known.has(path) || decide ? path : null;
    };
    return { decided, ...createWaiting<string>({ idOf }) };
  }

  test('wait until one of them shows which dataset it is, and come in their order', async () => {
    const known = new Set<string>();
    const { add, rest, decided } = waiting(known);
    expect(await add(slices(2), place('a'), 'first')).toEqual([]);
    expect(await add(slices(2), place('a'), 'second')).toEqual([]);
    known.add('a');
    expect(await add(slices(1), place('a'), 'third')).toEqual(['first', 'second', 'third']);
    expect(await add(slices(1), place('a'), 'fourth')).toEqual(['fourth']);
    expect([await rest(), decided]).toEqual([[], []]);
  });

  test('are of a new dataset at the end of the drop', async () => {
    const { add, rest, decided } = waiting(new Set());
    await add(slices(2), place('b'), 'b1');
    await add(slices(2), place('a'), 'a1');
    await add(slices(2), place('b'), 'b2');
    expect(await rest()).toEqual(['b1', 'b2', 'a1']);
    expect(decided).toEqual(['b', 'a']);
    expect(await rest()).toEqual([]);
  });

  test('are of a new dataset when there are more than 256 of one folder', async () => {
    const { add, decided } = waiting(new Set());
    expect(await add(slices(256), place('a'), 'a1')).toEqual([]);
    expect(await add(slices(1), place('a'), 'a2')).toEqual(['a1', 'a2']);
    expect(decided).toEqual(['a']);
  });

  test('of the oldest folder are decided when there are more than 1,024 of all', async () => {
    const { add, decided } = waiting(new Set());
    for (const path of ['a', 'b', 'c', 'd']) expect(await add(slices(256), place(path), path)).toEqual([]);
    expect(await add(slices(1), place('e'), 'e')).toEqual(['a']);
    expect(await add(slices(255), place('f'), 'f')).toEqual([]);
    expect(await add(slices(1), place('g'), 'g')).toEqual(['b']);
    expect(decided).toEqual(['a', 'b']);
  });
});
