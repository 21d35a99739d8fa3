/** The label sets of the open project, as the menu and the card need them. */
import { useMemo } from 'react';
import type { State } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import type { LabelSetPort } from './port.ts';

export function useLabelSets(): LabelSetPort {
  const sets = useLab((state) => state.labelSets);
  const active = useLab((state) => state.labelSet.id);
  const blocked = useLab(blockedBy);
  const actions = useActions();
  const commands = useMemo((): Omit<LabelSetPort, 'sets' | 'active' | 'blocked'> => {
    // Its name is that of a React hook, which it is not.
    const { useLabelSet: choose } = actions;
    return {
      begin: actions.tryLabelSets,
      put: async (set, isNew) => {
        await actions.putLabelSet(set);
        if (isNew) await choose(set.id);
      },
      remove: (id) => void actions.deleteLabelSet(id),
      use: (id) => void choose(id),
      download: (set) => void actions.download({ kind: 'label-set', set }),
    };
  }, [actions]);
  return { sets, active, blocked, ...commands };
}

/** Labels stay as they are while somebody else reads or writes them. */
export function blockedBy({ readOnly, job, live }: Pick<State, 'readOnly' | 'job' | 'live'>): string | null {
  if (readOnly) return 'Another tab has this project: here you can only look.';
  if (live) return 'A training is under way: save when it is done.';
  return job ? 'Files are being read: save when that is done.' : null;
}
