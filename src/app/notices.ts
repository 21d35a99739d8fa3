/** Short messages to the person. Successes leave by themselves; errors stay until dismissed. */
import type { Notice, State } from './state.ts';

const LINGER_MS = 6000;
/** An undo stays longer: it must be reached by keyboard. */
const LINGER_WITH_ACTION_MS = 15_000;

type Patch = (patch: (state: State) => Partial<State>) => void;

export function createNotices(set: Patch) {
  let next = 1;

  const dismiss = (id: number) =>
    set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));

  const notify = (notice: Omit<Notice, 'id'>) => {
    const id = next++;
    set((state) => ({
      notices: [...state.notices.filter((old) => !replaces(notice, old)), { ...notice, id }],
    }));
    if (notice.tone !== 'error') {
      setTimeout(() => dismiss(id), notice.action ? LINGER_WITH_ACTION_MS : LINGER_MS);
    }
  };

  return { notify, dismiss };
}

function replaces({ title, about }: Omit<Notice, 'id'>, old: Notice): boolean {
  return old.title === title || (about !== undefined && old.about === about);
}
