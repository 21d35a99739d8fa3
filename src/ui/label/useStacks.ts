/** A queue as it is gone through: which items are selected, which slice is shown, and the keys that move there. */
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Queue } from '../../app/label/queue.ts';
import { advanced, everything, extended, moved, only, type Selection } from '../../app/label/selection.ts';
import { placeIn } from '../../app/route.ts';
import { useActions, useLab } from '../context.ts';
import type { LabelCommand } from './keys.ts';

/** Pictures a second while a stack plays. */
const PLAY_MS = 100;

/** Small pictures by the number of a slice in its list. */
export type SlicePictures = {
  /** null: damaged; undefined: not read yet. */
  at(slice: number): Uint8Array | null | undefined;
  /** The first ones first; others are no longer wanted. */
  want(slices: readonly number[]): void;
  subscribe(changed: () => void): () => void;
};

/** What the grid and the large picture show and do. */
export type Stacks = {
  queue: Queue;
  selection: Selection;
  /** The shown slice of the current item. */
  slice: number;
  select(next: Selection, slice?: number): void;
  step(by: number): void;
  goTo(slice: number): void;
  playing: boolean;
  setColumns(columns: number): void;
  pictures: SlicePictures;
  run(command: LabelCommand): void;
};

export type Place<Of extends Queue = Queue> = { queue: Of; selection: Selection; slice: number };

/** @param keep where a changed queue goes on */
export function useStacks<Of extends Queue>(
  queue: Of,
  keep: (queue: Of, before: Place<Of>) => { selection: Selection; slice: number },
) {
  const actions = useActions();
  const asked = useLab((state) => placeIn(state.view.item)) ?? 0;
  const one = useLab((state) => state.view.as === 'one');
  const [playing, setPlaying] = useState(false);
  const [, redraw] = useReducer((n: number) => n + 1, 0);

  /** The truth of the moment: keys may come faster than the page is drawn. */
  const now = useRef<Place<Of> & { columns: number }>({
    queue,
    selection: only(Math.min(asked, Math.max(0, queue.length - 1))),
    slice: -1,
    columns: 1,
  });
  if (now.current.queue !== queue) {
    now.current = { ...now.current, queue, ...keep(queue, now.current) };
  } else if (queue.length > 0 && !inItem(queue, now.current.selection.at, now.current.slice)) {
    now.current.slice = middleOf(queue, now.current.selection.at);
  }
  const { selection, slice } = now.current;

  const select = useCallback(
    (next: Selection, atSlice?: number) => {
      const { queue: of, selection: before, slice: shown } = now.current;
      const kept = next.at === before.at ? shown : middleOf(of, next.at);
      now.current = { ...now.current, selection: next, slice: atSlice ?? kept };
      if (next.at !== before.at) {
        actions.look({ item: String(next.at) });
        setPlaying(false);
      }
      redraw();
    },
    [actions],
  );

  const step = useCallback((by: number) => {
    const { queue: of, selection: at, slice: shown } = now.current;
    if (of.length === 0) return;
    const to = Math.min(of.to[at.at] - 1, Math.max(of.from[at.at], shown + by));
    now.current = { ...now.current, slice: to };
    redraw();
  }, []);

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const { queue: of, selection: at, slice: shown } = now.current;
      const end = shown + 1 >= of.to[at.at];
      now.current = { ...now.current, slice: end ? of.from[at.at] : shown + 1 };
      redraw();
    }, PLAY_MS);
    return () => clearInterval(timer);
  }, [playing]);

  const setColumns = useCallback((columns: number) => {
    now.current.columns = columns;
  }, []);

  /** @returns whether the command was one that moves or selects */
  const move = (command: LabelCommand): boolean => {
    const { queue: of, selection: at, columns } = now.current;
    const to = (item: number, extend: boolean) =>
      select(extend ? extended(at, moved(only(item), 0, of.length).at) : moved(only(item), 0, of.length));
    switch (command.do) {
      case 'move':
        to(at.at + command.by, command.extend);
        return true;
      case 'row':
        to(at.at + command.by * (one ? 1 : columns), command.extend);
        return true;
      case 'end':
        to(command.to === 'first' ? 0 : of.length - 1, command.extend);
        return true;
      case 'slice':
        step(command.by);
        return true;
      case 'play':
        setPlaying((on) => !on);
        return true;
      case 'all':
        select(everything(at, of.length));
        return true;
      default:
        return false;
    }
  };

  return {
    selection,
    slice,
    playing,
    select,
    step,
    goTo: (to: number) => step(to - now.current.slice),
    setColumns,
    move,
    /** As it is now, which may be later than what is drawn. */
    place: (): Place<Of> => now.current,
    /** To the item after the last selected one. */
    advance: () => select(advanced(now.current.selection, now.current.queue.length)),
  };
}

export function middleOf({ from, to }: Queue, item: number): number {
  return from[item] + ((to[item] - from[item]) >> 1);
}

export function inItem(queue: Queue, item: number, slice: number): boolean {
  return queue.from[item] <= slice && slice < queue.to[item];
}
