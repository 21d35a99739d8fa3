/** What a project's label events leave in force, and what undo and redo would apply to. */
import type { LabelEvent } from './event.ts';

export type LabelHistory = {
  /** The edits in force, in their order. */
  edits: readonly Extract<LabelEvent, { kind: 'edit' }>[];
  /** The act that undo would take back, and the one that redo would make again; null if there is none. */
  undo: number | null;
  redo: number | null;
};

/** @param events of one project, in the order of `seq` */
export function historyOf(events: readonly LabelEvent[]): LabelHistory {
  const done: number[] = [];
  let undone: number[] = [];
  const off = new Set<number>();
  for (const event of events) {
    if (event.kind === 'edit') {
      if (event.migrated) continue;
      if (done.at(-1) !== event.act) done.push(event.act);
      undone = [];
    } else if (event.kind === 'undo') {
      off.add(event.act);
      if (done.at(-1) === event.act) undone.push(done.pop()!);
    } else {
      off.delete(event.act);
      if (undone.at(-1) === event.act) done.push(undone.pop()!);
    }
  }
  const edits = events.filter((event) => event.kind === 'edit');
  return {
    edits: edits.filter(({ act }) => !off.has(act)),
    undo: done.at(-1) ?? null,
    redo: undone.at(-1) ?? null,
  };
}
