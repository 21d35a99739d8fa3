/** Changes of a run's data since it began, read again only when the project's datasets have changed. */
import type { Fold } from '../core/dataset/protocols/protocol.ts';
import type { Share } from '../core/dataset/share.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { dataChanges } from '../core/train/changes.ts';
import { labelledShards } from '../core/train/labelledShards.ts';
import { classIds } from '../core/train/labelSetOf.ts';
import { type FrozenDataset, freezeSteps } from '../core/train/manifest.ts';
import type { SessionStore } from '../core/train/session/port.ts';
import { inSteps } from './inSteps.ts';

export function createChanges(store: Pick<SessionStore, 'datasets' | 'shardIndexes' | 'labelSets'>) {
  let last: { version: unknown; set: string; now: Promise<FrozenDataset[]> } | null = null;

  /**
   * @param version another object whenever the project's data have changed
   * @param then as a run on `labelSet` froze them
   */
  return async (
    project: string,
    version: object,
    then: readonly FrozenDataset[],
    labelSet: LabelSet,
    fold: Fold | undefined,
    share?: Share,
  ): Promise<string[]> => {
    if (then.length === 0) return [];
    const set = JSON.stringify([labelSet, fold, share]);
    if (last?.version !== version || last.set !== set) {
      last = { version, set, now: freeze(store, project, labelSet, fold, share) };
    }
    return dataChanges(then, await last.now);
  };
}

async function freeze(
  store: Pick<SessionStore, 'datasets' | 'shardIndexes' | 'labelSets'>,
  project: string,
  labelSet: LabelSet,
  fold: Fold | undefined,
  share: Share | undefined,
): Promise<FrozenDataset[]> {
  const [records, indexes] = await Promise.all([
    store.datasets(project),
    labelledShards(store, project, labelSet, share !== undefined),
  ]);
  return inSteps(freezeSteps(records, indexes, classIds(labelSet), fold, share));
}
