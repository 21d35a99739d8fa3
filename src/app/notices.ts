/** Short messages to the user. Successes disappear after a while or for newer ones; errors stay until dismissed. */
import type { Notice, State } from './state.ts';

const LINGER_MS = 6000;
/** An undo stays longer: it must be reachable by keyboard. */
const LINGER_WITH_ACTION_MS = 15_000;
/** Maximum of notices besides errors: more would fill the page. The toolbar’s Undo still covers dropped ones. */
const MOST = 2;

type Patch = (patch: (state: State) => Partial<State>) => void;

export function createNotices(set: Patch) {
  let next = 1;

  const dismiss = (id: number) =>
    set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));

  const notify = (notice: Omit<Notice, 'id'>) => {
    const id = next++;
    set((state) => ({
      notices: newest([...state.notices.filter((old) => !replaces(notice, old)), { ...notice, id }]),
    }));
    if (notice.tone !== 'error') {
      setTimeout(() => dismiss(id), notice.action ? LINGER_WITH_ACTION_MS : LINGER_MS);
    }
  };

  /** Another project is opened: the notices and drops belong to the previous one. */
  const leave = () =>
    set((state) => ({ notices: state.notices.filter(({ action, about }) => action === null && !about) }));

  return { notify, dismiss, leave };
}

function replaces({ title, about }: Omit<Notice, 'id'>, old: Notice): boolean {
  return old.title === title || (about !== undefined && old.about === about);
}

function newest(notices: Notice[]): Notice[] {
  const last = notices.filter(({ tone }) => tone !== 'error').slice(-MOST);
  return notices.filter((notice) => notice.tone === 'error' || last.includes(notice));
}
