/** Reads what a project's data are known by elsewhere, before anything is trained on them. */
import type { Fold } from '../../dataset/protocols/protocol.ts';
import type { Share } from '../../dataset/share.ts';
import type { LabelSet } from '../../labels/labelSet.ts';
import { SPLITS } from '../../types.ts';
import { type Contents, createContentSums } from '../contents.ts';
import type { SessionPort } from './port.ts';
import { readTables } from './tables.ts';

export async function readContents(
  {
    project,
    labelSet,
    fold,
    share,
  }: { project: string; labelSet: LabelSet; fold?: Fold | undefined; share?: Share | undefined },
  { store, yieldToEventLoop, context }: Pick<SessionPort, 'store' | 'yieldToEventLoop' | 'context'>,
): Promise<Contents> {
  const { tables } = await readTables(store, project, labelSet, fold, share);
  const sums = createContentSums();
  const read = sums.reading(store.shardPixels);
  for (const shard of new Set(SPLITS.flatMap((split) => [...tables[split].shards]))) {
    context.signal.throwIfAborted();
    await yieldToEventLoop();
    await read(shard);
  }
  return sums.contents(tables);
}
