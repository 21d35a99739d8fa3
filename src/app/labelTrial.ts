/** Tries label sets on the stored slices of the open project: nothing is stored. */

import { type LabelledRows, labelColumns } from '../core/labels/apply.ts';
import { indexEdits } from '../core/labels/editIndex.ts';
import { historyOf } from '../core/labels/history.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { type LabelledBy, type SetEffect, shardEffect, wholeEffect } from '../core/labels/setEffect.ts';
import { type FoundValues, foundValues } from '../core/labels/values.ts';
import { attempt, type Context } from './context.ts';

/** Of the labels as they are when it begins. */
export type LabelTrial = {
  /** null after a failure, which the user was told. */
  values(): Promise<FoundValues | null>;
  /** What storing the set would change; null also if a later set was tried meanwhile. */
  effectOf(set: LabelSet): Promise<SetEffect | null>;
};

export type LabelTrialActions = {
  tryLabelSets(): LabelTrial;
};

/** Shards between two turns of the page: 4 have 2048 slices. */
const SHARDS_A_TURN = 4;

export function createLabelTrialCommands(context: Context): LabelTrialActions {
  const { get, store } = context;

  async function load() {
    const { id } = get().project;
    const [sets, shards, events] = await Promise.all([
      store.labelSets(id),
      store.shardIndexes(id),
      store.labelEvents(id),
    ]);
    return {
      sets,
      shards,
      edits: indexEdits(historyOf(events).edits),
      before: new Map<string, LabelledBy>(),
    };
  }

  /** The labels by the stored set, made once. */
  function labelled(
    { edits, before }: Awaited<ReturnType<typeof load>>,
    rows: LabelledRows,
    set: LabelSet,
  ): LabelledBy {
    const key = `${set.id} ${rows.shard}`;
    const made = before.get(key) ?? { set, columns: labelColumns(rows, set, edits.of(rows)) };
    before.set(key, made);
    return made;
  }

  return {
    tryLabelSets: () => {
      let loaded: ReturnType<typeof load> | null = null;
      let tried = 0;
      const read = () => {
        loaded ??= load();
        return loaded;
      };
      return {
        values: () =>
          attempt(context, 'The values were not counted.', async () => foundValues((await read()).shards)),

        effectOf: (set) =>
          attempt(context, 'What would change was not counted.', async () => {
            const own = ++tried;
            const data = await read();
            const { sets, shards, edits } = data;
            const before = sets.find(({ id }) => id === set.id);
            const parts: SetEffect[] = [];
            for (const [at, rows] of shards.entries()) {
              if (at % SHARDS_A_TURN === SHARDS_A_TURN - 1) await turn();
              if (own !== tried) return null;
              const labels = before ? labelled(data, rows, before) : null;
              parts.push(shardEffect(rows, labels, set, edits.of(rows)));
            }
            return wholeEffect(parts);
          }),
      };
    },
  };
}

/** Lets the page draw. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
