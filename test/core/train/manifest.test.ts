/** What a run froze of its data, and what is said when they have changed. */
import { describe, expect, test } from 'vitest';
import type { DatasetRecord } from '../../../src/core/dataset/record.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { dataChanges } from '../../../src/core/train/changes.ts';
import { dataKey, freezeDatasets, frozenCaps } from '../../../src/core/train/manifest.ts';
import { makeDataset, makeFacts, makeIndex } from '../../builders/storage.ts';

const RECORDS = [makeDataset('a', 'p'), makeDataset('t', 'p', 'test')];

function shards(...sets: string[][]): ShardIndex[] {
  return sets.map((rows, i) => {
    const columns = makeIndex('p', rows, i + 1);
    return { ...columns, shard: i + 1 };
  });
}

const freeze = (indexes = shards(['a', 'a', 't', 't'], ['a']), records: DatasetRecord[] = RECORDS) =>
  freezeDatasets(records, indexes, ['CT', 'MR', 'PT', 'XR']);

describe('the frozen data of a run', () => {
  test('hold what counts: labelled, kept, and of no patient who is in a later split', () => {
    const [shard] = shards(['a', 'a', 'a', 'a', 't']);
    shard.label.set([0, 1, 4, 0, 0]);
    shard.removed[3] = 1;
    shard.series[0] = makeFacts('series a', 'patient a');
    const [a, t] = freeze([shard]);
    expect(a).toMatchObject({
      counts: { CT: 1, MR: 1, PT: 0, XR: 0 },
      series: 1,
      patients: 1,
      excluded: 0,
      unlabelled: 1,
    });
    expect(t.counts.CT).toBe(1);
    shard.series[0] = makeFacts('series a', 'patient t');
    expect(freeze([shard])[0]).toMatchObject({ counts: { CT: 0, MR: 0, PT: 0, XR: 0 }, shared: 2 });
  });

  test('hold what a cap leaves, and how many slices it leaves out', () => {
    const caps = { seed: 1, slices: { CT: 2 } };
    const records = RECORDS.map((record) => ({ ...record, caps }));
    const [shard] = shards(['a', 'a', 'a', 'a', 't']);
    shard.label[0] = 1;
    shard.excluded[1] = 1;
    shard.label[4] = 200;
    expect(freeze([shard], records)).toMatchObject([
      { counts: { CT: 2, MR: 1 }, excluded: 1, capped: 0 },
      { counts: { CT: 0 }, excluded: 0, capped: 0, unlabelled: 1 },
    ]);
    shard.excluded[1] = 0;
    const [a] = freeze([shard], records);
    expect(a).toMatchObject({ counts: { CT: 2, MR: 1 }, excluded: 0, capped: 1 });
    expect(a.fingerprint).not.toBe(freeze([shard])[0].fingerprint);
    expect([frozenCaps(records), frozenCaps(RECORDS)]).toEqual([caps, null]);
  });

  test('hold where a dataset comes from, and nothing of the notes on it', () => {
    const facts = { source: 'doi 10.1', licence: 'CC0', note: 'private' };
    const [a, t] = freeze(undefined, [{ ...RECORDS[0], facts } as DatasetRecord, RECORDS[1]]);
    expect(a.facts).toEqual({ source: 'doi 10.1', licence: 'CC0' });
    expect(t).not.toHaveProperty('facts');
  });

  test('are the same however the slices lie in shards', () => {
    const [one] = shards(['a', 'a', 'a', 't']);
    const two = [1, 0].map((half, i): ShardIndex => {
      const rows = [0, 1, 2, 3].filter((row) => row % 2 === half);
      return {
        ...one,
        shard: i + 1,
        count: rows.length,
        key: Uint8Array.from(rows.flatMap((row) => [...one.key.subarray(row * 16, row * 16 + 16)])),
        ...Object.fromEntries(
          (['dataset', 'seriesOf', 'label', 'source', 'removed', 'frame', 'instanceNumber'] as const).map(
            (name) => [
              name,
              one[name].constructor === Uint16Array
                ? Uint16Array.from(rows, (row) => one[name][row])
                : Uint8Array.from(rows, (row) => one[name][row]),
            ],
          ),
        ),
      } as ShardIndex;
    });
    expect(dataKey(freeze(two))).toBe(dataKey(freeze([one])));
  });

  test('are others for another slice, label, split or kind left out', () => {
    const relabelled = shards(['a', 'a', 't', 't'], ['a']);
    relabelled[0].label[1] = 2;
    const fewer = shards(['a', 'a', 't', 't'], ['a']);
    fewer[1].removed[0] = 1;
    const moved = [RECORDS[0], makeDataset('t', 'p', 'validate')];
    const all = [freeze(), freeze(relabelled), freeze(fewer), freeze(undefined, moved)].map(dataKey);
    expect(new Set(all).size).toBe(4);
  });
});

describe('what has become of a run’s data', () => {
  test('is nothing where a dataset was only renamed', () => {
    const renamed = [{ ...RECORDS[0], name: 'another' }, RECORDS[1]];
    expect(dataChanges(freeze(), freeze(undefined, renamed))).toEqual([]);
  });

  test.each<[string, () => ReturnType<typeof freeze>, string]>([
    ['moved', () => freeze(undefined, [RECORDS[0], makeDataset('t', 'p')]), 'from test to train'],
    ['removed', () => freeze(undefined, [RECORDS[0]]), '“name of t” (test, 2 slices) was removed'],
    ['smaller', () => freeze(shards(['a', 'a', 't', 't'])), '2 slices that count instead of 3'],
    [
      'added',
      () => freeze(shards(['a', 'a', 't', 't'], ['a'], ['n']), [...RECORDS, makeDataset('n', 'p')]),
      '“name of n” was added to train (1 slice)',
    ],
    [
      'relabelled',
      () => {
        const [one, two] = shards(['a', 'a', 't', 't'], ['a']);
        one.label[0] = 1;
        return freeze([one, two]);
      },
      'other slices or labels',
    ],
  ])('names a dataset that was %s', (_, now, words) => {
    const found = dataChanges(freeze(), now());
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(words);
  });
});
