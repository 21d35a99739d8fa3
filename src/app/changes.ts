/** Changes of a run's data since it began, read again only when the project's datasets have changed. */
import { dataChanges } from '../core/train/changes.ts';
import { type FrozenDataset, freezeDatasets } from '../core/train/manifest.ts';
import type { Store } from '../storage/port.ts';

export function createChanges(store: Pick<Store, 'datasets' | 'shardIndexes'>) {
  let last: { version: unknown; now: Promise<FrozenDataset[]> } | null = null;

  /** @param version another object whenever the project's data have changed */
  return async (project: string, version: object, then: readonly FrozenDataset[]): Promise<string[]> => {
    if (then.length === 0) return [];
    if (last?.version !== version) last = { version, now: freeze(store, project) };
    return dataChanges(then, await last.now);
  };
}

async function freeze(store: Pick<Store, 'datasets' | 'shardIndexes'>, project: string) {
  const [records, indexes] = await Promise.all([store.datasets(project), store.shardIndexes(project)]);
  return freezeDatasets(records, indexes);
}
