/** The keyboard's table: it feeds both the key handler and the `?` dialog. */
import { useEffect, useRef } from 'react';
import type { Actions } from '../../app/actions.ts';
import { useActions } from '../context.ts';
import { PAGE_NAMES, PAGES } from '../pages.ts';

export type Shortcut = { keys: readonly string[]; label: string; run: (actions: Actions) => void };

export const SHORTCUTS: readonly Shortcut[] = PAGE_NAMES.map((page) => ({
  keys: ['g', PAGES[page].key],
  label: `Go to ${PAGES[page].label}`,
  run: (actions) => actions.go(page),
}));

/** Keys that native elements and lists handle themselves; listed for the user. */
export const BUILT_IN: readonly { keys: readonly string[]; label: string }[] = [
  { keys: ['?'], label: 'Show these keys' },
  { keys: ['Esc'], label: 'Close a dialog, or drop an edit' },
  { keys: ['Ctrl', 'Z'], label: 'Undo a change of a dataset (Data)' },
  { keys: ['Ctrl', 'Shift', 'Z'], label: 'Do it again' },
  { keys: ['Tab'], label: 'Next control' },
  { keys: ['←', '↑', '↓', '→'], label: 'Move among slices' },
  { keys: ['Home', 'End'], label: 'First, last slice' },
  { keys: ['Enter'], label: 'Open the slice, or keep an edit' },
];

/** Time limit for the second key of a pair. */
const PAIR_MS = 1200;

export function useShortcuts(openKeys: () => void): void {
  const actions = useActions();
  const first = useRef({ key: '', time: 0 });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // A dialog that fills the window is a view of its own, with keys of its own.
      if (document.querySelector('dialog[open]:not([data-shape="full"])')) return;
      if (event.key !== '?' && document.querySelector('dialog[open]')) return;
      if (event.key === '?') {
        openKeys();
        return;
      }
      const pair = event.timeStamp - first.current.time < PAIR_MS ? first.current.key : '';
      first.current = { key: event.key, time: event.timeStamp };
      SHORTCUTS.find(({ keys }) => keys[0] === pair && keys[1] === event.key)?.run(actions);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [actions, openKeys]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
