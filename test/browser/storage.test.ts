/** The store in a real browser: its own database, failing writes and the writer’s lock. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/storage/db.ts';
import { acquireWriter } from '../../src/storage/lock.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeCheckpoint, makeDataset, makeShard } from '../builders/storage.ts';
import { testFaults } from '../harness/faults.ts';

async function reset(): Promise<void> {
  const store = await openStore();
  await store.deleteEverything();
}

afterAll(reset);

describe('in the browser’s own database', () => {
  let store: Store;

  beforeEach(async () => {
    await reset();
    store = await openStore();
    return () => store.close();
  });

  test('what was committed is there after opening again', async () => {
    const made = makeShard('p', ['a', 'b', 'a']);
    const { shard } = await store.commitShard(made, [makeDataset('a', 'p'), makeDataset('b', 'p')]);
    const project = await store.createProject('First');
    await store.putCheckpoint(makeCheckpoint('r', 1));
    await store.putCheckpoint(makeCheckpoint('r', 2));
    store.close();
    const again = await openStore();
    expect(await again.shardPixels(shard)).toEqual(made.pixels[0]);
    expect(await again.latestCheckpoint('r')).toEqual(makeCheckpoint('r', 2));
    const [{ key, ...rest }] = await again.projects();
    expect(rest).toEqual({
      id: project.id,
      name: 'First',
      createdMs: project.createdMs,
      options: project.options,
      labelSet: project.labelSet,
      caps: null,
    });
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    again.close();
  });

  test('two connections see each other’s commits', async () => {
    const other = await openStore();
    const { shard } = await other.commitShard(makeShard('p', ['a', 'b']), [makeDataset('a', 'p')]);
    expect((await store.shardIndexes('p')).map(({ shard: number }) => number)).toEqual([shard]);
    other.close();
  });

  test('compaction leaves the slices that remain as they were', async () => {
    const made = makeShard('p', ['a', 'b', 'a']);
    const { shard } = await store.commitShard(made, [makeDataset('a', 'p'), makeDataset('b', 'p')]);
    const [before] = await store.slicePixels([{ shard, row: 1 }]);
    await store.removeDataset('a');
    await store.compact('p');
    expect(await store.slicePixels([{ shard, row: 1 }])).toEqual([before]);
    expect(await store.storedBytes()).toBe(before!.length);
  });

  test('deleting everything removes the database while others have it open', async () => {
    const other = await openStore();
    await other.commitShard(makeShard('p', ['a']), [makeDataset('a', 'p')]);
    await store.deleteEverything();
    expect(await indexedDB.databases()).toEqual([]);
    other.close();
  });
});

describe('a failing write in the browser’s own database', () => {
  testFaults(reset);
});

describe('the writer’s lock', () => {
  test('is one tab’s at a time, and free again when it is released', async () => {
    const never = { onLost: () => expect.unreachable() };
    const first = await acquireWriter('p', never);
    expect(first).not.toBeNull();
    expect(await acquireWriter('p', never)).toBeNull();
    const other = await acquireWriter('another project', never);
    other?.release();
    first?.release();
    const next = await acquireWriter('p', { steal: true, ...never });
    next?.release();
  });

  test('can be taken over, which the loser learns', async () => {
    let lost = () => {};
    const learned = new Promise<void>((resolve) => {
      lost = resolve;
    });
    const first = await acquireWriter('q', { onLost: lost });
    const second = await acquireWriter('q', { steal: true, onLost: () => expect.unreachable() });
    await learned;
    first?.release();
    second?.release();
  });
});
