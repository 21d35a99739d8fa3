/** The inspector's keys: one table for the handler, the hint below the image, and the `?` dialog. */

export type Command =
  | { do: 'step'; by: number }
  | { do: 'first' | 'last' | 'invert' | 'fit' | 'reset' }
  | { do: 'list'; by: number }
  | { do: 'series'; by: 1 | -1 }
  | { do: 'zoom'; by: number }
  | { do: 'probe'; dx: number; dy: number }
  | { do: 'preset'; number: number };

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

export const INSPECTOR_KEYS: readonly { keys: readonly string[]; label: string }[] = [
  { keys: ['↑', '↓'], label: 'Slice before, after (or the wheel)' },
  { keys: ['Home', 'End'], label: 'First, last slice' },
  { keys: ['←', '→'], label: 'Previous, next in the list' },
  { keys: ['Page Up', 'Page Down'], label: 'Series before, after' },
  { keys: ['I'], label: 'Invert' },
  { keys: ['='], label: 'Fit to the window' },
  { keys: ['Space'], label: 'Reset window, zoom and polarity' },
  { keys: ['+', '−'], label: 'Zoom (or drag with the right button)' },
  { keys: ['⇧ 1', '… 7'], label: 'Window presets' },
  { keys: ['⇧ 8', '⇧ 9'], label: 'The file’s own windows' },
  { keys: ['⇧ arrows'], label: 'Move the pixel that is read out' },
];

const PLAIN: Readonly<Record<string, Command>> = {
  ArrowUp: { do: 'step', by: -1 },
  ArrowDown: { do: 'step', by: 1 },
  Home: { do: 'first' },
  End: { do: 'last' },
  ArrowLeft: { do: 'list', by: -1 },
  ArrowRight: { do: 'list', by: 1 },
  PageUp: { do: 'series', by: -1 },
  PageDown: { do: 'series', by: 1 },
  i: { do: 'invert' },
  I: { do: 'invert' },
  '=': { do: 'fit' },
  ' ': { do: 'reset' },
  '+': { do: 'zoom', by: 1.25 },
  '-': { do: 'zoom', by: 0.8 },
};

const PROBE: Readonly<Record<string, Command>> = {
  ArrowUp: { do: 'probe', dx: 0, dy: -1 },
  ArrowDown: { do: 'probe', dx: 0, dy: 1 },
  ArrowLeft: { do: 'probe', dx: -1, dy: 0 },
  ArrowRight: { do: 'probe', dx: 1, dy: 0 },
};

/** The action of a key; null: not a key of the inspector. */
export function commandOf({ key, code, shiftKey, ctrlKey, altKey, metaKey }: Key): Command | null {
  if (ctrlKey || altKey || metaKey) return null;
  if (shiftKey && Object.hasOwn(PROBE, key)) return PROBE[key];
  // By physical key, since Shift + digit depends on the keyboard layout.
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  if (shiftKey && digit) return { do: 'preset', number: Number(digit) };
  return Object.hasOwn(PLAIN, key) ? PLAIN[key] : null;
}
