/** Checks that the slices of a run's start are still stored unchanged: another tab may have removed them. */
import type { ShardIndex } from '../../dataset/shard.ts';
import { LabError } from '../../errors.ts';
import { KEY_BYTES, SPLITS } from '../../types.ts';
import type { SessionStore } from './port.ts';
import type { Tables } from './tables.ts';

/** @throws LabError `data-removed` if pixels of any split are missing or replaced */
export async function checkIntact(
  store: Pick<SessionStore, 'shardIndexes'>,
  project: string,
  data: Tables,
): Promise<void> {
  const now = new Map((await store.shardIndexes(project)).map((index) => [index.shard, index]));
  const then = new Map(data.indexes.map((index) => [index.shard, index]));
  for (const split of SPLITS) {
    const { shards, start, row } = data.tables[split];
    for (let i = 0; i < shards.length; i++) {
      const rows = row.subarray(start[i], start[i + 1]);
      if (!holds(now.get(shards[i]), then.get(shards[i])!, rows)) throw removed();
    }
  }
}

/** Slices that are only marked removed keep their pixels, and may be restored. */
function holds(now: ShardIndex | undefined, then: ShardIndex, rows: Uint16Array): boolean {
  return (
    now !== undefined &&
    rows.every((row) => {
      if (now.removed[row] === 2) return false;
      for (let at = row * KEY_BYTES; at < (row + 1) * KEY_BYTES; at++) {
        if (now.key[at] !== then.key[at]) return false;
      }
      return true;
    })
  );
}

function removed(): LabError {
  return new LabError(
    'data-removed',
    'Images that this run learns from or is evaluated on were removed while it went on.',
    'No figures were made of what is left.',
    'Drop their files again and resume this run, or start a new run on the data as they are now.',
  );
}
