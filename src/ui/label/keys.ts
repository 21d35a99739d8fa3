/** The keys of the Label page: one table for the handler, the buttons and the `?` dialog. */
import type { LabelClass } from '../../core/labels/labelSet.ts';

export type LabelCommand =
  /** `slice`: the shown slice alone. */
  | { do: 'label'; to: string; slice: boolean }
  | { do: 'clear' | 'exclude'; slice: boolean }
  /** Classify: what was said of a verdict. */
  | { do: 'retract' }
  | { do: 'undo' | 'redo' | 'play' | 'search' | 'filters' | 'view' | 'all' | 'open' | 'close' }
  /** In the queue; `extend`: selects what lies between. */
  | { do: 'move'; by: number; extend: boolean }
  | { do: 'row'; by: 1 | -1; extend: boolean }
  | { do: 'end'; to: 'first' | 'last'; extend: boolean }
  | { do: 'slice'; by: 1 | -1 }
  /** One of two readers who disagree is right. */
  | { do: 'reader'; which: 0 | 1 }
  | { do: 'zoom'; by: number }
  | { do: 'fit' };

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

export const LABEL_KEYS: readonly { keys: readonly string[]; label: string }[] = [
  { keys: ['1', '…'], label: 'Label with the class of that key, and go on' },
  { keys: ['0'], label: 'Take the label away' },
  { keys: ['X'], label: 'Exclude, or take in again' },
  { keys: ['⇧ 1', '⇧ 0', '⇧ X'], label: 'The same for the shown slice alone' },
  { keys: [',', '.'], label: 'The first, the second of two readers is right' },
  { keys: ['U', 'R'], label: 'Undo, redo (or Ctrl Z, Ctrl ⇧ Z)' },
  { keys: ['←', '→'], label: 'Previous, next; with ⇧ the selection grows' },
  { keys: ['Page Up', 'Page Down'], label: 'Row above, below' },
  { keys: ['Home', 'End'], label: 'First, last' },
  { keys: ['↑', '↓'], label: 'Slice before, after' },
  { keys: ['Space'], label: 'Play the slices, or stop' },
  { keys: ['G'], label: 'Grid, or one large picture' },
  { keys: ['Enter', 'Esc'], label: 'Open a series, close it' },
  { keys: ['Ctrl', 'A'], label: 'Select all that is shown' },
  { keys: ['/'], label: 'Search' },
  { keys: ['F'], label: 'Filters' },
];

const PLAIN: Readonly<Record<string, LabelCommand>> = {
  u: { do: 'undo' },
  r: { do: 'redo' },
  g: { do: 'view' },
  f: { do: 'filters' },
  '/': { do: 'search' },
  ' ': { do: 'play' },
  Enter: { do: 'open' },
  Escape: { do: 'close' },
  Backspace: { do: 'retract' },
  ArrowUp: { do: 'slice', by: -1 },
  ArrowDown: { do: 'slice', by: 1 },
  ',': { do: 'reader', which: 0 },
  '.': { do: 'reader', which: 1 },
  '+': { do: 'zoom', by: 1.25 },
  '-': { do: 'zoom', by: 0.8 },
  '=': { do: 'fit' },
};

const MOVES: Readonly<Record<string, (extend: boolean) => LabelCommand>> = {
  ArrowLeft: (extend) => ({ do: 'move', by: -1, extend }),
  ArrowRight: (extend) => ({ do: 'move', by: 1, extend }),
  PageUp: (extend) => ({ do: 'row', by: -1, extend }),
  PageDown: (extend) => ({ do: 'row', by: 1, extend }),
  Home: (extend) => ({ do: 'end', to: 'first', extend }),
  End: (extend) => ({ do: 'end', to: 'last', extend }),
};

/** The command of a key; null: not a key of this page. */
export function labelCommand(
  event: Key,
  classes: readonly Pick<LabelClass, 'id' | 'key'>[],
): LabelCommand | null {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  const plain = key.toLowerCase();
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (plain === 'z') return { do: shiftKey ? 'redo' : 'undo' };
    if (plain === 'y') return { do: 'redo' };
    return plain === 'a' ? { do: 'all' } : null;
  }
  if (Object.hasOwn(MOVES, key)) return MOVES[key](shiftKey);
  // By physical key: with Shift, and on some keyboards without it, a digit's key gives another sign.
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  for (const pressed of [plain, digit]) {
    if (pressed === undefined || pressed === '') continue;
    if (pressed === '0') return { do: 'clear', slice: shiftKey };
    if (pressed === 'x') return { do: 'exclude', slice: shiftKey };
    const found = classes.find((one) => one.key.toLowerCase() === pressed);
    if (found) return { do: 'label', to: found.id, slice: shiftKey };
  }
  if (Object.hasOwn(PLAIN, key)) return PLAIN[key];
  return !shiftKey || plain === key ? (PLAIN[plain] ?? null) : null;
}
