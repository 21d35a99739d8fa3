/** Undo and redo of changes of the open project: without a limit, and gone with the page or the project. */
import type { State } from './state.ts';

export type Edit = { title: string; undo(): Promise<void>; redo(): Promise<void> };

export type History = {
  /** A change that was made; what was undone before can't be redone any more. */
  push(edit: Edit): void;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Takes back one change wherever it stands; nothing where that was done already. */
  undoOne(edit: Edit): Promise<void>;
  clear(): void;
};

/** @param tell shows what Undo and Redo would do */
export function createHistory(tell: (history: State['history']) => void): History {
  let done: Edit[] = [];
  let undone: Edit[] = [];
  /** Keys may come faster than the storage answers: one after the other. */
  let last: Promise<void> = Promise.resolve();

  const show = () => tell({ undo: done.at(-1)?.title ?? null, redo: undone.at(-1)?.title ?? null });
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work, work);
    return last;
  };
  const undoAt = (at: number) =>
    inTurn(async () => {
      const edit = done.at(at);
      if (!edit) return;
      // Where this fails, the change still stands, and can be undone later.
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
