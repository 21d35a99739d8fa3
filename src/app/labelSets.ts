/** The label sets of the open project: choosing the one that its pages show, changing and deleting them. */
import type { LabelSet } from '../core/labels/labelSet.ts';
import { DEFAULT_SET } from '../core/labels/sets/index.ts';
import type { Store } from '../storage/port.ts';
import { attempt, type Context, refusedWhileBusy } from './context.ts';
import type { State } from './state.ts';

export type LabelSetActions = {
  /** Shows the project by this set from now on. */
  useLabelSet(id: string): Promise<void>;
  /** Stores a set, new or changed; its labels follow. The caller has asked `labelSetFaults`. Undoable through its notice. */
  putLabelSet(set: LabelSet): Promise<void>;
  /** Never the default set. Undoable through its notice. */
  deleteLabelSet(id: string): Promise<void>;
};

/** @param refresh reads the project's sets and figures again */
export function createLabelSetCommands(context: Context, refresh: () => Promise<void>): LabelSetActions {
  const { get, set: show, store, notify } = context;

  async function putLabelSet(set: LabelSet): Promise<void> {
    if (refusedWhileBusy(context, 'The label set was not changed.')) return;
    const { project, labelSets } = get();
    const before = labelSets.find(({ id }) => id === set.id);
    // A change that follows at once builds on this one.
    show({ labelSets: before ? labelSets.map((one) => (one === before ? set : one)) : [...labelSets, set] });
    const done = await attempt(context, 'The label set was not changed.', async () => {
      await store.putLabelSet(project.id, set);
      await refresh();
      notify({
        tone: 'success',
        title: before ? `Changed the label set “${set.name}”.` : `Added the label set “${set.name}”.`,
        detail: before ? 'Slices that a DICOM tag or a folder had labelled follow it.' : '',
        next: '',
        action: before ? { label: 'Undo', run: () => void putLabelSet(before) } : null,
      });
      return true;
    });
    if (!done) show({ labelSets });
  }

  return {
    putLabelSet,

    useLabelSet: async (id) => {
      await attempt(context, 'The label set was not chosen.', async () => {
        await store.chooseLabelSet(get().project.id, id);
        await refresh();
      });
    },

    deleteLabelSet: async (id) => {
      const { project, labelSets } = get();
      const set = labelSets.find((one) => one.id === id);
      if (!set || id === DEFAULT_SET.id) return;
      if (refusedWhileBusy(context, 'The label set was not deleted.')) return;
      await attempt(context, 'The label set was not deleted.', async () => {
        await store.deleteLabelSet(project.id, id);
        await refresh();
        notify({
          tone: 'info',
          title: `Deleted the label set “${set.name}”.`,
          detail: 'Its labels are kept in the record: they are back with the set. Runs keep theirs.',
          next: '',
          action: { label: 'Undo', run: () => void putLabelSet(set) },
        });
      });
    },
  };
}

/** The project's sets as stored, and the one that it has chosen. */
export async function readLabelSets(
  store: Pick<Store, 'projects' | 'labelSets'>,
  project: string,
): Promise<Pick<State, 'labelSets' | 'labelSet'>> {
  const [projects, labelSets] = await Promise.all([store.projects(), store.labelSets(project)]);
  const chosen = projects.find(({ id }) => id === project)?.labelSet;
  return { labelSets, labelSet: labelSets.find(({ id }) => id === chosen) ?? labelSets[0] };
}
