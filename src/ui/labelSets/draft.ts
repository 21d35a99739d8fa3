/** A label set while it is edited, with undo and redo of every edit. */
import { sameSet } from '../../core/labels/editSet.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';

export type Draft = {
  past: readonly LabelSet[];
  now: LabelSet;
  future: readonly LabelSet[];
  /** What the last edit was made in: edits in the same field are undone together. */
  field: string | null;
};

export function beginDraft(set: LabelSet): Draft {
  return { past: [], now: set, future: [], field: null };
}

/** @param field where the edit was made, for those that come letter by letter; null: an edit of its own */
export function editDraft(draft: Draft, next: LabelSet, field: string | null = null): Draft {
  if (sameSet(draft.now, next)) return draft;
  const goesOn = field !== null && field === draft.field;
  return { past: goesOn ? draft.past : [...draft.past, draft.now], now: next, future: [], field };
}

export function undoDraft(draft: Draft): Draft {
  const before = draft.past.at(-1);
  if (!before) return draft;
  return { past: draft.past.slice(0, -1), now: before, future: [draft.now, ...draft.future], field: null };
}

export function redoDraft(draft: Draft): Draft {
  const [after, ...future] = draft.future;
  if (!after) return draft;
  return { past: [...draft.past, draft.now], now: after, future, field: null };
}
