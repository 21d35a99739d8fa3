/** Commands that compare two readers, and the queue of what they disagree on. */
import { type Disagreement, undecided } from '../../core/labels/exchange/disagreement.ts';
import type { Project } from '../../core/labels/exchange/match.ts';
import {
  type Comparison,
  compareReaders,
  ownLabels,
  type ReaderUnit,
} from '../../core/labels/exchange/readers.ts';
import type { LabelTable } from '../../core/labels/exchange/readTable.ts';
import { resolve } from '../../core/labels/exchange/resolve.ts';
import { historyOf } from '../../core/labels/history.ts';
import { LABEL_SOURCES } from '../../core/types.ts';
import { attempt, type Context } from '../context.ts';
import type { FoundLabels } from '../exchange.ts';
import type { ExchangeParts } from './parts.ts';

export type ReadersCompared = { comparison: Comparison; first: FoundLabels | null; second: FoundLabels };

export type CompareOptions = {
  unit: ReaderUnit;
  /** Leaves labels out that a tag, a folder or a model gave. */
  peopleOnly: boolean;
};

/** What two readers disagree on: all of it as the comparison found it, and what nobody has decided since. */
export type ReaderQueue = {
  /** The id of the label set. */
  set: string;
  /** Number of the last label event before. */
  since: number;
  items: readonly Disagreement[];
  left: readonly Disagreement[];
};

export type ReaderActions = {
  /** `first` null: the labels of this project. */
  compareReaders(
    first: LabelTable | null,
    second: LabelTable,
    options: CompareOptions,
  ): Promise<ReadersCompared | null>;
  /** Shows what two readers disagree on as a queue of the Label page. */
  queueDisagreements(found: readonly Disagreement[]): Promise<void>;
  /** Labels were stored, or taken back: reads what is left to decide. */
  recountDisagreements(): Promise<void>;
};

export function createReaderCommands(
  context: Context,
  { store }: ExchangeParts,
  project: (...tables: readonly LabelTable[]) => Promise<Project>,
): ReaderActions {
  const { get, set, go } = context;

  return {
    compareReaders: (first, second, { unit, peopleOnly }) =>
      attempt(context, 'The readers were not compared.', async () => {
        const set = get().labelSet;
        const of = await project(...(first ? [first] : []), second);
        const counts = (source: string) =>
          source === 'none'
            ? false
            : !peopleOnly || source === '' || source === 'user' || source === 'import';
        const read = (table: LabelTable) => {
          const rows = table.rows.filter(({ source }) => counts(source.toLowerCase()));
          const { label, ...found } = resolve({ ...table, rows }, set, of);
          return { label, found };
        };
        const other = read(second);
        const own = first && read(first);
        const labels = own?.label ?? ownLabels(of.list, (source) => counts(LABEL_SOURCES[source]));
        const comparison = compareReaders(of.list, set, [labels, other.label], unit);
        return { comparison, first: own?.found ?? null, second: other.found };
      }),

    queueDisagreements: async (items) => {
      await attempt(context, 'The disagreements were not shown.', async () => {
        const events = await store.labelEvents(get().project.id);
        const since = events.at(-1)?.seq ?? 0;
        set({ disagreements: { set: get().labelSet.id, since, items, left: items } });
        go('label', null, { as: 'readers' });
      });
    },

    recountDisagreements: async () => {
      const { disagreements: before, project: of } = get();
      if (!before) return;
      await attempt(context, 'What is left of the disagreements was not read.', async () => {
        const history = historyOf(await store.labelEvents(of.id));
        // What was pressed meanwhile is recounted when it is stored.
        if (get().disagreements?.items !== before.items || get().labelling?.unsaved) return;
        const left = undecided(before.items, history, before.set, before.since);
        const known = get().disagreements?.left ?? [];
        const same = left.length === known.length && left.every((one, i) => one === known[i]);
        if (!same) set({ disagreements: { ...before, left } });
      });
    },
  };
}
