/** Commands that change datasets: names, locations, splits, exclusions, removal. Each can be undone. */

import { LOOKS_WORDS, type Looks, looksIdentifying } from '../core/dataset/identifying.ts';
import { freeName, renamed } from '../core/dataset/naming.ts';
import { proposeFor } from '../core/dataset/proposal.ts';
import { SPLIT_SEED } from '../core/dataset/split.ts';
import { tidyName } from '../core/files/folderName.ts';
import type { ExcludeReason, Split } from '../core/types.ts';
import type { DatasetRecord } from '../storage/port.ts';
import { withNames } from '../storage/rename.ts';
import { attempt, type Context } from './context.ts';
import { createHistory, type Edit } from './history.ts';

export type EditActions = {
  /** A name that looks like a person's, a date or an id is asked about first. Names already in use get a number. */
  renameDataset(id: string, name: string): Promise<void>;
  setLocation(id: string, location: string): Promise<void>;
  /** Names datasets after their folders; null: a neutral name. */
  nameDatasets(choices: readonly { dataset: string; name: string | null }[]): Promise<void>;
  setSplit(id: string, split: Split): Promise<void>;
  /** One change of several datasets. */
  setSplits(ids: readonly string[], split: Split): Promise<void>;
  /**
   * For datasets whose split was proposed by the app.
   * @param choice.all also for those that the user or a datasets.json decided
   */
  proposeSplits(choice?: { seed: number; all: boolean }): Promise<void>;
  /** Kinds of images excluded from training and evaluation. */
  setLeaveOut(datasets: readonly string[], kinds: readonly ExcludeReason[]): Promise<void>;
  /** Undoable through the notice it leaves. */
  removeDataset(id: string): Promise<void>;
  /** Undo and redo of dataset changes. */
  undo(): Promise<void>;
  redo(): Promise<void>;
};

export type EditCommands = EditActions & {
  change: Change;
  /** Remembers a change that was made elsewhere, and shows it with an undo. */
  made(edit: Edit, detail: string): void;
  /** Another project was opened: changes of the previous one can no longer be undone. */
  forget(): void;
};

/** Stores new values of datasets as one act, and says so. */
export type Change = (title: string, detail: string, patches: Patches) => Promise<void>;

/** The new values of a change, by dataset id. */
type Patches = ReadonlyMap<string, Partial<DatasetRecord>>;

/**
 * @param refresh reloads the project's datasets and figures
 * @param refreshRuns reloads its runs, which contain the datasets' names
 */
export function createEditCommands(
  context: Context,
  refresh: () => Promise<void>,
  refreshRuns: () => Promise<void>,
): EditCommands {
  const { get, set, store, notify, ask } = context;
  const history = createHistory((now) => set({ history: now }));

  /** Reads the stored records: an ingest may have written since the page read them. */
  const stored = () => store.datasets(get().project.id);

  async function apply(patches: Patches): Promise<void> {
    const all = await stored();
    const changed: DatasetRecord[] = [];
    for (const record of all) {
      const patch = patches.get(record.id);
      if (!patch) continue;
      const others = all.filter(({ id }) => id !== record.id).map(({ name }) => name);
      // Another dataset may have taken this name since.
      const name = freeName(patch.name ?? record.name, patch.name === undefined ? [] : others);
      changed.push({ ...record, ...patch, name });
    }
    if (changed.length > 0) await store.putDatasets(changed);
    await refresh();
    if ([...patches.values()].some(({ name }) => name !== undefined)) await refreshRuns();
  }

  /** Shows a notice of a change, with an undo. */
  function made({ title, undo, redo }: Edit, detail: string): void {
    // However the change is undone, no other undo of it remains.
    const forgetNotice = () =>
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.title !== title) }));
    const edit: Edit = { title, undo: () => undo().then(forgetNotice), redo };
    history.push(edit);
    notify({
      tone: 'info',
      title: edit.title,
      detail,
      next: '',
      action: {
        label: 'Undo',
        run: () => void attempt(context, 'It was not undone.', () => history.undoOne(edit)),
      },
    });
  }

  async function change(title: string, detail: string, patches: Patches): Promise<void> {
    const before = new Map(
      (await stored()).flatMap((record) => {
        const patch = patches.get(record.id);
        if (!patch) return [];
        const keys = Object.keys(patch) as (keyof DatasetRecord)[];
        return [[record.id, Object.fromEntries(keys.map((key) => [key, record[key]]))] as const];
      }),
    );
    await apply(patches);
    made({ title, undo: () => apply(before), redo: () => apply(patches) }, detail);
  }

  /** Runs of earlier versions have names of datasets removed since: no record is left to ask about. */
  async function forgetRemoved(): Promise<void> {
    for (const run of await store.runs(get().project.id)) {
      const named = withNames(run, new Map([['', 'Removed dataset']]));
      if (named !== run) await store.putRun(named);
    }
  }

  const nameOf = (id: string) => get().datasets.find((dataset) => dataset.id === id)?.name ?? '';

  /** Until the user answers, the text is only on screen. */
  function mayStore(field: string, text: string, looks: Looks): Promise<boolean> {
    return ask({
      title: `Store this ${field}?`,
      lines: [
        `“${text}” ${LOOKS_WORDS[looks]}. Stored, it stands in reports and tables, too.`,
        'So far it is only on this screen.',
      ],
      yes: 'Store it all the same',
      no: 'Don’t store it',
      danger: true,
    });
  }

  async function renameDataset(id: string, text: string): Promise<void> {
    const name = tidyName(text);
    const before = nameOf(id);
    if (!name || name === before) return;
    const looks = looksIdentifying(text);
    if (looks && !(await mayStore('name', name, looks))) return;
    await attempt(context, 'The name was not changed.', async () => {
      const others = (await stored()).filter((record) => record.id !== id).map((record) => record.name);
      const free = freeName(name, others);
      const detail =
        free === name
          ? `“${before}” is “${name}” now.`
          : `“${before}” is “${free}” now: “${name}” is the name of another dataset.`;
      await change('Dataset renamed.', detail, new Map([[id, { name: free, nameFrom: 'user' }]]));
    });
  }

  async function setLocation(id: string, text: string): Promise<void> {
    const location = tidyName(text);
    const looks = looksIdentifying(location, true);
    if (looks && !(await mayStore('body location', location, looks))) return;
    await attempt(context, 'The location was not changed.', () =>
      change(
        'Body location changed.',
        `“${nameOf(id)}”: ${location || 'no body location'}.`,
        new Map([[id, { location }]]),
      ),
    );
  }

  return {
    change,
    renameDataset,
    setLocation,

    nameDatasets: async (choices) => {
      await attempt(context, 'The names were not changed.', async () => {
        const all = await stored();
        const wanted = choices.map(({ dataset, name }) => {
          const now = all.find(({ id }) => id === dataset);
          // Keep a neutral name unchanged.
          const neutral = now?.nameFrom === 'neutral' ? now.name : null;
          return { dataset, name: name ?? neutral, nameFrom: name === null ? 'user' : 'folder' } as const;
        });
        const patches = new Map(
          renamed(all, wanted).map(({ id, name, nameFrom }) => [id, { name, nameFrom }] as const),
        );
        const old = all.filter(({ nameFrom }) => nameFrom === 'unasked').map(({ id }) => id);
        if (wanted.some(({ dataset, name }) => name === null && old.includes(dataset))) await forgetRemoved();
        const used = choices.filter(({ name }) => name !== null).length;
        await change(
          used > 0 ? 'Datasets named after their folders.' : 'Neutral names are kept.',
          used > 0
            ? `${used} of ${choices.length} have their folder’s name.`
            : 'Their folders’ names are forgotten with this page.',
          patches,
        );
      });
    },

    setSplit: async (id, split) => {
      await attempt(context, 'The split was not changed.', () =>
        change(
          'Split changed.',
          `“${nameOf(id)}” is in ${split} now.`,
          new Map([[id, { split, splitFrom: 'user' }]]),
        ),
      );
    },

    setSplits: async (ids, split) => {
      await attempt(context, 'The splits were not changed.', () =>
        change(
          'Splits changed.',
          `${ids.length} datasets are in ${split} now.`,
          new Map(ids.map((id) => [id, { split, splitFrom: 'user' }])),
        ),
      );
    },

    proposeSplits: async (choice = { seed: SPLIT_SEED, all: false }) => {
      await attempt(context, 'No splits were proposed.', async () => {
        const records = await stored();
        const figures = new Map(get().datasets.map((row) => [row.id, row]));
        const rows = records.map((record) => {
          const { counts = {}, mix = [] } = figures.get(record.id) ?? {};
          return { ...record, counts, mix };
        });
        const { open, kept } = proposeFor(rows, get().labelSet, choice);
        const decided = new Set(records.filter((one) => one.splitFrom !== 'proposed').map(({ id }) => id));
        const moved = open.filter(({ from, to }) => from !== to);
        if (moved.length === 0) {
          notify({
            tone: 'info',
            title: 'The proposal is the same.',
            detail:
              open.length > 0
                ? 'Nothing was changed.'
                : 'Every split was set by you or by a datasets.json, and stays.',
            next: '',
            action: null,
          });
          return;
        }
        await change(
          'Splits proposed again.',
          `${moved.length} of ${records.length} datasets changed sides.${kept > 0 ? ' Those set by you or by a datasets.json stay.' : ''}`,
          new Map(
            moved.map(({ id, to }) => [
              id,
              decided.has(id) ? { split: to, splitFrom: 'proposed' } : { split: to },
            ]),
          ),
        );
      });
    },

    setLeaveOut: async (ids, kinds) => {
      await attempt(context, 'What is left out was not changed.', () =>
        change(
          'What is left out changed.',
          kinds.length > 0 ? `Left out now: ${kinds.join(', ')}.` : 'Nothing is left out now.',
          new Map(ids.map((id) => [id, { exclude: [...kinds] }])),
        ),
      );
    },

    removeDataset: async (id) => {
      await attempt(context, 'The dataset was not removed.', async () => {
        const record = (await stored()).find((dataset) => dataset.id === id);
        if (!record) return;
        const remove = async () => {
          await store.removeDataset(id);
          await refresh();
        };
        const restore = async () => {
          const taken = (await stored()).map(({ name }) => name);
          await store.restoreDataset({ ...record, name: freeName(record.name, taken) });
          await refresh();
        };
        await remove();
        made(
          { title: `Removed “${record.name}”.`, undo: restore, redo: remove },
          'The disk space is freed the next time you open the app.',
        );
      });
    },

    undo: async () => {
      if (!get().readOnly) await attempt(context, 'It was not undone.', history.undo);
    },
    redo: async () => {
      if (!get().readOnly) await attempt(context, 'It was not done again.', history.redo);
    },
    made,
    forget: history.clear,
  };
}
