/** Sets caps: the most slices of each class that a dataset of the open project gives. */
import { type Caps, capWords, sameCaps, tidyCaps } from '../core/dataset/caps.ts';
import { attempt, type Context } from './context.ts';
import type { EditCommands } from './edits.ts';

export type CapActions = {
  /** One act, undone like any other change of datasets; null: no caps. */
  setCaps(caps: Caps | null): Promise<void>;
};

export function createCapCommands(
  context: Context,
  { refresh, made }: { refresh(): Promise<void>; made: EditCommands['made'] },
): CapActions {
  const { get, store } = context;
  return {
    setCaps: async (wanted) => {
      const { project, caps: before, labelSet, readOnly } = get();
      const caps = wanted && tidyCaps(wanted);
      if (readOnly || sameCaps(before, caps)) return;
      const put = async (value: Caps | null) => {
        await store.setCaps(project.id, value);
        await refresh();
      };
      await attempt(context, 'The caps were not changed.', async () => {
        await put(caps);
        const title = caps ? 'Caps changed.' : 'Caps removed.';
        made({ title, undo: () => put(before), redo: () => put(caps) }, capWords(caps, labelSet));
      });
    },
  };
}
