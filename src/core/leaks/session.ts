/** One check from stored slices to the record: each shard is read once, then slices are compared. */
import type { ShardIndex } from '../dataset/shard.ts';
import { SLICE_BYTES } from '../types.ts';
import type { LeakProgress } from './contract.ts';
import { findCopies } from './copies.ts';
import type { Pace } from './pace.ts';
import { createPictures, takePicture } from './pictures.ts';
import { comparedSlices, keepCopies, type LeakRecord, slicesKey } from './record.ts';

export type LeakStore = {
  shardIndexes(project: string): Promise<ShardIndex[]>;
  shardPixels(shard: number): Promise<Uint8Array>;
  leakRecord(project: string): Promise<LeakRecord | null>;
  putLeakRecord(record: LeakRecord): Promise<void>;
};

export type LeakPort = Pick<Pace, 'yieldToEventLoop' | 'signal'> & {
  store: LeakStore;
  /** A clock for rates, and the time of day, in ms since 1970. */
  nowMs(): number;
  dateMs(): number;
  progress(progress: LeakProgress): void;
};

export async function checkForLeaks(project: string, port: LeakPort): Promise<LeakRecord> {
  const { store, signal, yieldToEventLoop } = port;
  const indexes = await store.shardIndexes(project);
  const table = comparedSlices(indexes);
  const pictures = createPictures(table.dataset, table.seriesOf, table.position);
  const reading = paced('reading', table.count, port);
  for (let shard = 0; shard < table.shards.length; shard++) {
    reading(table.start[shard]);
    const pixels = await store.shardPixels(table.shards[shard]);
    for (let i = table.start[shard]; i < table.start[shard + 1]; i++) {
      await yieldToEventLoop();
      signal.throwIfAborted();
      takePicture(pictures, i, pixels, table.row[i] * SLICE_BYTES);
    }
  }
  const copies = await findCopies(pictures, {
    yieldToEventLoop,
    signal,
    progress: paced('comparing', table.count, port),
  });
  const before = await store.leakRecord(project);
  const record = keepCopies(table, copies, {
    project,
    checkedMs: port.dateMs(),
    data: slicesKey(indexes),
    plain: pictures.plain.reduce((sum, plain) => sum + plain, 0),
    dismissed: before?.dismissed ?? [],
  });
  await store.putLeakRecord(record);
  return record;
}

/** With the rate since its start; none is known before anything is done. */
function paced(
  doing: LeakProgress['doing'],
  total: number,
  { nowMs, progress }: LeakPort,
): (done: number) => void {
  const beganMs = nowMs();
  return (done) => {
    const seconds = (nowMs() - beganMs) / 1000;
    const rate = done > 0 && seconds > 0 ? done / seconds : null;
    progress({ doing, done, total, rate, secondsLeft: rate === null ? null : (total - done) / rate });
  };
}
