/** Handles a drop that ended with its page: its datasets get their splits at once, and the user is told. */
import { locationsOf } from '../core/dataset/locations.ts';
import { proposeSplits, SPLIT_SEED } from '../core/dataset/split.ts';
import { attempt, type Context } from './context.ts';
import { readPreference, removePreference } from './preferences.ts';

export type InterruptedCommands = {
  /** Looks for such a drop in the opened project. */
  settleDrop(): Promise<void>;
};

/** @param refresh reloads the project's datasets */
export function createInterruptedCommands(
  context: Context,
  refresh: () => Promise<void>,
): InterruptedCommands {
  const { get, store, notify } = context;

  async function propose(): Promise<void> {
    const records = await store.datasets(get().project.id);
    const rows = new Map(get().datasets.map((row) => [row.id, row]));
    const proposals = proposeSplits(
      records
        .filter(({ id }) => rows.has(id))
        .map(({ id, location, split, splitFrom, settled }) => ({
          id,
          // The folders are no longer known.
          name: id,
          counts: rows.get(id)!.counts,
          locations: locationsOf(location, rows.get(id)!.mix, get().labelSet),
          split: splitFrom === 'proposed' && !settled ? null : split,
        })),
      SPLIT_SEED,
    );
    const changed = records.filter(({ id, split }) => (proposals.get(id) ?? split) !== split);
    if (changed.length === 0) return;
    // Not final: if the drop is repeated, it proposes splits for all of its datasets.
    await store.putDatasets(changed.map((record) => ({ ...record, split: proposals.get(record.id)! })));
    await refresh();
  }

  return {
    settleDrop: async () => {
      const mark = `reading:${get().project.id}` as const;
      if (get().readOnly || readPreference(mark) === null) return;
      await attempt(context, 'No splits were proposed.', propose);
      removePreference(mark);
      notify({
        tone: 'info',
        title: 'The last drop was interrupted.',
        detail: 'What had been read of it is kept.',
        next: 'Drop the folder again to read the rest.',
        action: null,
      });
    },
  };
}
