/** Undo and redo of changes of the open project: unlimited, lost with the page or the project. */
import type { State } from './state.ts';

export type Edit = { title: string; undo(): Promise<void>; redo(): Promise<void> };

export type History = {
  /** Adds a change; earlier undone changes can no longer be redone. */
  push(edit: Edit): void;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Undoes one change at any position; does nothing if it is already undone. */
  undoOne(edit: Edit): Promise<void>;
  clear(): void;
};

/** @param report shows what Undo and Redo would do */
export function createHistory(report: (history: State['history']) => void): History {
  let done: Edit[] = [];
  let undone: Edit[] = [];
  /** Runs one change at a time: keys may come faster than the storage answers. */
  let last: Promise<void> = Promise.resolve();

  const show = () => report({ undo: done.at(-1)?.title ?? null, redo: undone.at(-1)?.title ?? null });
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work, work);
    return last;
  };
  const undoAt = (at: number) =>
    inTurn(async () => {
      const edit = done.at(at);
      if (!edit) return;
      // If this fails, the change remains and can be undone later.
      await edit.undo();
      done = done.filter((other) => other !== edit);
      undone.push(edit);
      show();
    });

  return {
    push: (edit) => {
      done.push(edit);
      undone = [];
      show();
    },
    undo: () => undoAt(-1),
    undoOne: async (edit) => {
      if (done.includes(edit)) await undoAt(done.indexOf(edit));
    },
    redo: () =>
      inTurn(async () => {
        const edit = undone.at(-1);
        if (!edit) return;
        await edit.redo();
        undone = undone.filter((other) => other !== edit);
        done.push(edit);
        show();
      }),
    clear: () => {
      done = [];
      undone = [];
      show();
    },
  };
}
