/** Corrections that are made in the list of slices: shown on the cards at once, taken back one by one. */
import { useReducer, useRef } from 'react';
import type { SliceCard } from '../../app/state.ts';
import type { LabelChange } from '../../core/labels/event.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { useActions, useLab } from '../context.ts';
import { labelCommand } from '../label/keys.ts';

/** What a slice is shown as: a class's id or null, and whether it is excluded. */
type Shown = { label: string | null; excluded: boolean };

type Made = { key: string; before: Shown; after: Shown };

export type CorrectCommand =
  | { do: 'label'; to: string | null }
  | { do: 'exclude' }
  | { do: 'undo' }
  | { do: 'redo' };

/** As on the Label page, but that Shift and a digit choose a window. */
export function correctCommand(
  event: Parameters<typeof labelCommand>[0],
  { classes }: LabelSet,
): CorrectCommand | null {
  if (event.shiftKey && !event.ctrlKey && !event.metaKey) return null;
  const command = labelCommand(event, classes);
  switch (command?.do) {
    case 'label':
      return { do: 'label', to: command.to };
    case 'clear':
      return { do: 'label', to: null };
    case 'exclude':
    case 'undo':
    case 'redo':
      return { do: command.do };
    default:
      return null;
  }
}

/**
 * @param set whose classes are given; null: nothing can be corrected here
 * @param truth the class that the shown slices had for the run; null: each its own
 */
export function useCorrections(set: LabelSet | null, truth: string | null) {
  const actions = useActions();
  const shown = useLab((state) => state.labelSet.id);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const state = useRef({ now: new Map<string, Shown>(), done: [] as Made[], undone: [] as Made[] });

  /** Cards have labels of the project's chosen set; of another one only the run's are known. */
  const stored = (card: SliceCard): Shown => {
    const own = set?.id === shown ? card.label : (truth ?? card.label);
    return { label: own === 'other' ? null : own, excluded: card.excluded };
  };
  const of = (card: SliceCard): Shown => state.current.now.get(card.key) ?? stored(card);

  const show = (key: string, what: Shown) => {
    state.current.now.set(key, what);
    redraw();
  };

  /** @returns whether something was given */
  const run = (command: CorrectCommand, card: SliceCard | null): boolean => {
    const { done, undone } = state.current;
    if (!set) return false;
    if (command.do === 'undo' || command.do === 'redo') {
      const [from, to] = command.do === 'undo' ? [done, undone] : [undone, done];
      const made = from.pop();
      if (!made) return false;
      to.push(made);
      show(made.key, command.do === 'undo' ? made.before : made.after);
      void (command.do === 'undo' ? actions.undoCorrection() : actions.redoCorrection());
      return true;
    }
    if (!card) return false;
    const before = of(card);
    const after: Shown =
      command.do === 'exclude' ? { ...before, excluded: !before.excluded } : { ...before, label: command.to };
    const change: LabelChange =
      command.do === 'exclude'
        ? { kind: 'exclude', exclude: after.excluded }
        : { kind: 'label', set: set.id, class: command.to, source: 'user' };
    const made = { key: card.key, before, after };
    done.push(made);
    state.current.undone = [];
    show(card.key, after);
    void actions.correctSlice({ shard: card.shard, row: card.row }, change).then((kept) => {
      if (kept) return;
      state.current.done = state.current.done.filter((one) => one !== made);
      show(card.key, before);
    });
    return true;
  };

  return {
    set,
    run,
    of,
    /** For the corner of a card: what it is now, if that is not what the run saw; null otherwise. */
    mark: (card: SliceCard): string | null => {
      if (!set) return null;
      const { label, excluded } = of(card);
      if (excluded) return 'excluded';
      const before = truth ?? stored(card).label;
      if (label === before) return null;
      return label === null ? 'no label' : `→ ${set.classes.find(({ id }) => id === label)?.name ?? label}`;
    },
    canUndo: state.current.done.length > 0,
    canRedo: state.current.undone.length > 0,
    made: state.current.done.length,
  };
}

export type Corrections = ReturnType<typeof useCorrections>;
