/** Corrections that are made in the list of slices: shown on the cards at once, taken back one by one. */
import { useReducer, useRef } from 'react';
import type { Act } from '../../app/correctSlices.ts';
import type { SliceCard } from '../../app/state.ts';
import type { LabelChange } from '../../core/labels/event.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import type { SliceRef } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { type LabelCommand, labelCommand } from '../label/keys.ts';

/** What a slice is shown as: a class's id or null, and whether it is excluded. */
type Shown = { label: string | null; excluded: boolean };

/** A slice of the list that is corrected; its card may not be read yet. */
export type Meant = SliceRef & {
  /** Its place in the list. */
  at: number;
  card: SliceCard | null;
};

/** By slice, what it is shown as instead of what is stored. */
type Patches = ReadonlyMap<string, Partial<Shown> | undefined>;

type Made = { at: number; before: Patches; after: Patches; act: Act };

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
  return command && correctOf(command);
}

/** null: the command corrects nothing. */
export function correctOf(command: LabelCommand): CorrectCommand | null {
  switch (command.do) {
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
  const state = useRef({
    now: new Map<string, Partial<Shown> | undefined>(),
    done: [] as Made[],
    undone: [] as Made[],
  });

  /** Cards have labels of the project's chosen set; of another one only the run's are known. */
  const stored = (card: SliceCard): Shown => {
    const own = set?.id === shown ? card.label : (truth ?? card.label);
    return { label: own === 'other' ? null : own, excluded: card.excluded };
  };
  const of = (card: SliceCard): Shown => ({ ...stored(card), ...state.current.now.get(keyOf(card)) });

  const show = (patches: Patches) => {
    for (const [key, what] of patches) state.current.now.set(key, what);
    redraw();
  };

  /** Takes back what was done last here, or makes it again. */
  const step = (back: boolean): number | null => {
    const { done, undone } = state.current;
    const [from, to] = back ? [done, undone] : [undone, done];
    const made = from.pop();
    if (!made) return null;
    to.push(made);
    show(back ? made.before : made.after);
    void (back ? actions.undoCorrection : actions.redoCorrection)(made.act).then((kept) => {
      if (kept) return;
      // What is stored stayed as it was, and can no longer be changed from here.
      state.current.done = state.current.done.filter((one) => one !== made);
      state.current.undone = state.current.undone.filter((one) => one !== made);
      show(back ? made.after : made.before);
    });
    return made.at;
  };

  const give = (command: Exclude<CorrectCommand, { do: 'undo' | 'redo' }>, meant: readonly Meant[]) => {
    const keys = meant.map(keyOf);
    const out = !meant.every(({ card }) => card && of(card).excluded);
    const change: LabelChange =
      command.do === 'exclude'
        ? { kind: 'exclude', exclude: out }
        : { kind: 'label', set: set!.id, class: command.to, source: 'user' };
    const patch = command.do === 'exclude' ? { excluded: out } : { label: command.to };
    const { now } = state.current;
    const before = new Map(keys.map((key) => [key, now.get(key)]));
    const after = new Map(keys.map((key) => [key, { ...now.get(key), ...patch }]));
    const refs = meant.map(({ shard, row }) => ({ shard, row }));
    const act = actions.correctSlices(refs, change);
    const made: Made = { at: meant[0].at, before, after, act };
    state.current.done.push(made);
    state.current.undone = [];
    show(after);
    void act.then((kept) => {
      if (kept !== null) return;
      state.current.done = state.current.done.filter((one) => one !== made);
      show(before);
    });
  };

  /** @returns the place in the list where something was changed; null: nothing was */
  const run = (command: CorrectCommand, meant: readonly Meant[]): number | null => {
    if (!set) return null;
    if (command.do === 'undo' || command.do === 'redo') return step(command.do === 'undo');
    if (meant.length === 0) return null;
    give(command, meant);
    return meant[0].at;
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

function keyOf({ shard, row }: SliceRef): string {
  return `${shard}:${row}`;
}

export type Corrections = ReturnType<typeof useCorrections>;
