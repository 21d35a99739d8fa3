/** One check from stored slices to the record: each shard is read once, then slices are compared, by several threads. */
import type { ShardIndex } from '../dataset/shard.ts';
import type { LeakProgress } from './contract.ts';
import { findCopies } from './copies.ts';
import type { Pace } from './pace.ts';
import { shareOut, type Threads } from './part.ts';
import { createPictures } from './pictures.ts';
import { comparedSlices, keepCopies, type LeakRecord, slicesKey } from './record.ts';

export type LeakStore = {
  shardIndexes(project: string): Promise<ShardIndex[]>;
  leakRecord(project: string): Promise<LeakRecord | null>;
  putLeakRecord(record: LeakRecord): Promise<void>;
};

export type LeakPort = Pick<Pace, 'yieldToEventLoop' | 'signal'> & {
  store: LeakStore;
  /** That read shards and compare slices. */
  threads: Threads;
  /** A clock for rates, and the time of day, in ms since 1970. */
  nowMs(): number;
  dateMs(): number;
  progress(progress: LeakProgress): void;
};

export async function checkForLeaks(project: string, port: LeakPort): Promise<LeakRecord> {
  const { store, threads, signal, yieldToEventLoop } = port;
  const indexes = await store.shardIndexes(project);
  const table = comparedSlices(indexes);
  const pictures = createPictures(table.dataset, table.seriesOf, table.position, threads.memory);
  const reading = paced('reading', table.count, port);
  let read = 0;
  reading(read);
  await shareOut([...table.shards.keys()], threads.parts, async (part, at) => {
    const first = table.start[at];
    const rows = table.row.slice(first, table.start[at + 1]);
    await part.read({ pictures, shard: table.shards[at], first, rows }, { signal });
    read += rows.length;
    reading(read);
  });
  const progress = paced('comparing', table.count, port);
  const copies = await findCopies(pictures, threads, { yieldToEventLoop, signal, progress });
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
