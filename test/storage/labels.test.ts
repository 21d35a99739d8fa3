/** Label sets and label events in storage: what an act changes, what undo takes back, and what it costs. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { slicesInUse } from '../../src/core/dataset/excluded.ts';
import type { LabelChange, LabelEdit, LabelTarget } from '../../src/core/labels/event.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { seriesKey } from '../../src/core/series.ts';
import { KEY_BYTES, LABEL_SOURCES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeFacts, makeShard } from '../builders/storage.ts';
import { countRequests } from '../harness/requests.ts';

const [CT, MR, XR] = [0, 1, 3];
let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  return () => store.close();
});

const change = (to: string | null, set = DEFAULT_SET.id): LabelChange => ({
  kind: 'label',
  set,
  class: to,
  source: 'user',
});
const series = (...datasets: string[]): LabelTarget => ({
  kind: 'series',
  series: datasets.map((dataset) => ({ dataset, key: seriesKey(makeFacts(`series ${dataset}`, '')) })),
});
const label = (target: LabelTarget, to: string | null): LabelEdit => ({ target, change: change(to) });
const edit = (...edits: LabelEdit[]) => store.editLabels('p', edits, 'Me', 5);
/** Labels and sources of all slices in order, shard by shard. */
async function labels(set?: string): Promise<(number | string)[][]> {
  return (await store.shardIndexes('p', set)).map((index) =>
    Array.from(index.label, (at, row) => `${at} ${LABEL_SOURCES[index.source[row]]}`),
  );
}
const commit = (datasets: string[], seed: number) => store.commitShard(makeShard('p', datasets, seed), []);

describe('an act', () => {
  test('labels a series in all shards, and its slices that come later', async () => {
    await commit(['a', 'b'], 1);
    await commit(['b', 'a'], 2);
    await edit(label(series('a'), 'MR'));
    const later = await commit(['a', 'b'], 3);
    expect([...later.label]).toEqual([MR, CT]);
    expect(await labels()).toEqual([
      [`${MR} user`, `${CT} tag`],
      [`${CT} tag`, `${MR} user`],
      [`${MR} user`, `${CT} tag`],
    ]);
  });

  test('is one event for each edit, with who and when, and one number for all', async () => {
    const { shard } = await commit(['a', 'b'], 1);
    const slices: LabelTarget = { kind: 'slices', slices: [{ shard, rows: [[1, 2]] }] };
    await edit(label(series('a'), 'MR'), label(slices, null));
    const stored = { project: 'p', reader: 'Me', timeMs: 5, kind: 'edit', act: 1 };
    expect(await store.labelEvents('p')).toEqual([
      { ...stored, seq: 1, target: series('a'), change: change('MR') },
      { ...stored, seq: 2, target: expect.objectContaining({ kind: 'slices' }), change: change(null) },
    ]);
    expect(await labels()).toEqual([[`${MR} user`, `${NO_CLASS} user`]]);
  });

  test('excludes slices from every figure, and includes them again', async () => {
    await commit(['a', 'b'], 1);
    await edit({ target: series('b'), change: { kind: 'exclude', exclude: true } });
    const used = async () => [...slicesInUse(await store.shardIndexes('p'), [], [])[0].removed];
    expect(await used()).toEqual([0, 1]);
    await edit({ target: { kind: 'dataset', dataset: 'b' }, change: { kind: 'exclude', exclude: false } });
    expect(await used()).toEqual([0, 0]);
  });

  test('does not reach slices of another project that has the same dataset', async () => {
    await commit(['a'], 1);
    const { shard } = await store.commitShard(makeShard('q', ['a'], 2), []);
    const slices: LabelTarget = { kind: 'slices', slices: [{ shard, rows: [[0, 1]] }] };
    await edit(label(series('a'), 'MR'), label(slices, 'MR'));
    expect([...(await store.shardIndexes('q'))[0].label]).toEqual([CT]);
  });

  test('reads and writes the shards alone that hold its series', async () => {
    for (let seed = 1; seed <= 9; seed++) {
      const made = makeShard('p', ['a', 'a'], seed);
      made.series = [makeFacts(`series ${seed}`, 'x')];
      await store.commitShard(made, []);
    }
    await store.shardIndexes('p');
    const key = seriesKey(makeFacts('series 7', ''));
    const { reads, writes } = await countRequests(() =>
      edit(label({ kind: 'series', series: [{ dataset: 'a', key }] }, 'XR')),
    );
    // Sets, the numbers of the dataset's shards, one shard; an event and the shard.
    expect([reads, writes]).toEqual([3, 2]);
    const { reads: again, writes: undone } = await countRequests(() => store.undoLabels('p', 'Me', 6));
    // The same, and the events.
    expect([again, undone]).toEqual([4, 2]);
  });
});

describe('a dataset that is removed and dropped again', () => {
  const one = (shard: number): LabelTarget => ({ kind: 'slices', slices: [{ shard, rows: [[1, 2]] }] });
  const leaveOut = (shard: number): LabelEdit => ({
    target: one(shard),
    change: { kind: 'exclude', exclude: true },
  });
  /** Three slices of one series, in another order each time. */
  const drop = (order: readonly number[]) => {
    const made = makeShard('p', ['a', 'a', 'a']);
    const key = made.key.slice();
    for (const [row, from] of order.entries())
      made.key.set(key.subarray(from * KEY_BYTES, (from + 1) * KEY_BYTES), row * KEY_BYTES);
    return store.commitShard(made, [makeDataset('a', 'p')]);
  };

  test.each([
    { when: 'after its space was freed', free: () => store.compact('p') },
    { when: 'before its space is freed', free: async () => [] },
  ])('has the labels and exclusions of its single slices $when', async ({ free }) => {
    const { shard } = await drop([0, 1, 2]);
    await edit(label(one(shard), 'MR'), leaveOut(shard));
    await store.removeDataset('a');
    await free();
    const again = await drop([2, 0, 1]);
    expect([...again.label]).toEqual([CT, CT, MR]);
    expect([...again.excluded]).toEqual([0, 0, 1]);
    expect(LABEL_SOURCES[again.source[2]]).toBe('user');
  });

  test('has the whole history to undo, also after opening again', async () => {
    const { shard } = await drop([0, 1, 2]);
    await edit(label(one(shard), 'MR'));
    await edit(label(one(shard), 'XR'));
    await store.removeDataset('a');
    await store.compact('p');
    store.close();
    store = await openStore();
    await drop([1, 2, 0]);
    const last = async () => (await labels()).at(-1);
    expect(await last()).toEqual([`${XR} user`, `${CT} tag`, `${CT} tag`]);
    expect(await store.undoLabels('p', 'Me', 6)).toBe(true);
    expect(await last()).toEqual([`${MR} user`, `${CT} tag`, `${CT} tag`]);
    expect(await store.undoLabels('p', 'Me', 7)).toBe(true);
    expect(await last()).toEqual([`${CT} tag`, `${CT} tag`, `${CT} tag`]);
    expect(await store.redoLabels('p', 'Me', 8)).toBe(true);
    expect(await last()).toEqual([`${MR} user`, `${CT} tag`, `${CT} tag`]);
    const shown = await labels();
    await store.rebuildLabels('p');
    expect(await labels()).toEqual(shown);
  });

  test('gives its labels to no slice of another series that has the same key', async () => {
    const { shard } = await drop([0, 1, 2]);
    await edit(label(one(shard), 'MR'));
    const other = makeShard('p', ['a', 'a', 'a']);
    other.series = [makeFacts('another', 'x'), ...other.series];
    other.seriesOf.set([0, 0, 1]);
    expect([...(await store.commitShard(other, [])).label]).toEqual([CT, CT, CT]);
  });
});

describe('undo and redo', () => {
  test('take back act by act and make again, also after opening again', async () => {
    await commit(['a', 'b'], 1);
    await edit(label(series('a'), 'MR'), label(series('b'), 'MR'));
    await edit(label(series('a'), 'XR'));
    expect(await store.undoLabels('p', 'Me', 6)).toBe(true);
    expect(await labels()).toEqual([[`${MR} user`, `${MR} user`]]);
    store.close();
    store = await openStore();
    expect(await store.undoLabels('p', 'Me', 7)).toBe(true);
    expect(await labels()).toEqual([[`${CT} tag`, `${CT} tag`]]);
    expect(await store.undoLabels('p', 'Me', 8)).toBe(false);
    expect(await store.redoLabels('p', 'Me', 9)).toBe(true);
    expect(await store.redoLabels('p', 'Me', 9)).toBe(true);
    expect(await labels()).toEqual([[`${XR} user`, `${MR} user`]]);
    expect(await store.redoLabels('p', 'Me', 9)).toBe(false);
    expect((await store.labelEvents('p')).map(({ kind }) => kind)).toEqual([
      'edit',
      'edit',
      'edit',
      'undo',
      'undo',
      'redo',
      'redo',
    ]);
  });

  test('see what another connection has added', async () => {
    await commit(['a'], 1);
    await edit(label(series('a'), 'MR'));
    const other = await openStore();
    await other.editLabels('p', [label(series('a'), 'XR')], 'You', 6);
    expect(await store.undoLabels('p', 'Me', 7)).toBe(true);
    expect(await labels()).toEqual([[`${MR} user`]]);
    expect(await other.undoLabels('p', 'You', 8)).toBe(true);
    expect(await labels()).toEqual([[`${CT} tag`]]);
    other.close();
  });
});

describe('a label set', () => {
  test('has labels of its own, from its rules and its edits', async () => {
    const made = makeShard('p', ['a', 'b'], 1);
    made.series[0].bodyPart = 'CHEST';
    await store.commitShard(made, []);
    await store.putLabelSet('p', BODY_REGION_SET);
    expect(await store.labelSets('p')).toEqual([DEFAULT_SET, BODY_REGION_SET]);
    await edit({ target: series('b'), change: change('pelvis', BODY_REGION_SET.id) });
    expect(await labels(BODY_REGION_SET.id)).toEqual([['1 tag', '4 user']]);
    expect(await labels()).toEqual([[`${CT} tag`, `${CT} tag`]]);
    const later = makeShard('p', ['a', 'b'], 2);
    await store.commitShard(later, []);
    expect((await labels(BODY_REGION_SET.id))[1]).toEqual([`${NO_CLASS} none`, '4 user']);
  });

  test('that is deleted keeps its events, and has its labels again when it comes back', async () => {
    await commit(['a'], 1);
    await store.putLabelSet('p', BODY_REGION_SET);
    await edit({ target: series('a'), change: change('pelvis', BODY_REGION_SET.id) });
    await store.deleteLabelSet('p', BODY_REGION_SET.id);
    expect(await store.labelSets('p')).toEqual([DEFAULT_SET]);
    expect(await labels(BODY_REGION_SET.id)).toEqual([[`${NO_CLASS} none`]]);
    await store.putLabelSet('p', BODY_REGION_SET);
    expect(await labels(BODY_REGION_SET.id)).toEqual([['4 user']]);
  });

  test('that is the default one can be changed, and stays', async () => {
    await commit(['a'], 1);
    const [ct, ...others] = DEFAULT_SET.classes;
    const turned = { ...DEFAULT_SET, classes: [...others, ct] };
    await store.putLabelSet('p', turned);
    expect(await store.labelSets('p')).toEqual([turned]);
    expect(await labels()).toEqual([['3 tag']]);
    await expect(store.deleteLabelSet('p', DEFAULT_SET.id)).rejects.toThrow();
    expect(await store.labelSets('p')).toEqual([turned]);
  });
});

test('labels stay with slices that stay, whatever goes, and are the same when they are made again', async () => {
  const records = ['a', 'b', 'c'].map((id) => makeDataset(id, 'p'));
  await store.commitShard(makeShard('p', ['a', 'b', 'c', 'b'], 1), records);
  await edit(label(series('a', 'b'), 'MR'));
  await edit({ target: series('c'), change: { kind: 'exclude', exclude: true } });
  await store.removeDataset('a');
  await edit(label({ kind: 'dataset', dataset: 'a' }, 'XR'));
  const before = await labels();
  await store.compact('p');
  expect(await labels()).toEqual([[`${NO_CLASS} none`, ...before[0].slice(1)]]);
  const compacted = await store.shardIndexes('p');
  await store.rebuildLabels('p');
  expect(await store.shardIndexes('p')).toEqual(compacted);
  // What comes back is labelled as it was.
  expect([...(await commit(['a'], 2)).label]).toEqual([XR]);
});
