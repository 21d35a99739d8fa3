/** Where labels are given: a press changes the shown labels at once and is then written; what can't be is put back. */
import {
  applyAct,
  type Before,
  type CountedBy,
  type LabelAct,
  restore,
  type SeriesLabels,
  type Span,
} from '../../core/dataset/seriesLabels.ts';
import type { SeriesList } from '../../core/dataset/seriesList.ts';
import type { LabelEdit } from '../../core/labels/event.ts';
import { createWriter, type WriterPort } from './writer.ts';

export type Board = { list: SeriesList; labels: SeriesLabels; by: CountedBy };

export type Desk = {
  /** Other labels than those shown were read: what was done before is undone by the store alone. */
  load(board: Board): void;
  /** `edits` is what is stored of the act. */
  press(act: LabelAct, edits: readonly LabelEdit[]): void;
  /** @returns the slices that change at once; null: the store must say which */
  undo(): readonly Span[] | null;
  redo(): readonly Span[] | null;
  unsaved(): number;
};

export type DeskEvents = {
  changed(): void;
  /** Everything is written; `stale`: the stored labels must be read again. */
  settled(stale: boolean): void;
  /** The presses that were not written were put back. */
  failed(error: unknown, lost: number): void;
};

export function createDesk(port: WriterPort, events: DeskEvents): Desk {
  let board: Board | null = null;
  /** What takes back the presses of this page, and what makes undone ones again; the last is last. */
  let done: Before[] = [];
  let undone: Before[] = [];
  /** What takes back each unwritten press; null: nothing was changed here. */
  let unwritten: (Before | null)[] = [];
  let stale = false;

  const forget = () => {
    done = [];
    undone = [];
  };
  const putBack = (before: Before) => restore(board!.list, board!.labels, board!.by, before);

  const writer = createWriter(port, {
    written: (nothing) => {
      // What the store undid is not known here.
      if (unwritten[0] === null || nothing) stale = true;
      unwritten = unwritten.slice(1);
      if (unwritten.length > 0) return;
      const read = stale;
      stale = false;
      if (read) forget();
      events.settled(read);
    },
    failed: (error, lost) => {
      for (const before of unwritten.toReversed()) if (before) putBack(before);
      unwritten = [];
      stale = false;
      forget();
      events.changed();
      events.failed(error, lost);
    },
  });

  /** Moves the last press from one stack to the other. */
  const move = (kind: 'undo' | 'redo', from: Before[], to: Before[]) => {
    const before = from.pop();
    const after = before ? putBack(before) : null;
    if (after) to.push(after);
    unwritten.push(after);
    writer.push({ kind });
    events.changed();
    return before?.spans ?? null;
  };

  return {
    load: (next) => {
      board = next;
      forget();
    },
    press: (act, edits) => {
      if (!board || edits.length === 0) return;
      const before = applyAct(board.list, board.labels, board.by, act);
      done.push(before);
      undone = [];
      unwritten.push(before);
      writer.push({ kind: 'edit', edits });
      events.changed();
    },
    undo: () => (board ? move('undo', done, undone) : null),
    redo: () => (board ? move('redo', undone, done) : null),
    unsaved: () => unwritten.length,
  };
}
