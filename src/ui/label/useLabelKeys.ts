/** Hears the keys of the two views of a queue wherever the focus is, but in fields, dialogs and menus. */
import { type RefObject, useEffect, useRef } from 'react';
import type { LabelClass } from '../../core/labels/labelSet.ts';
import type { useView } from '../inspect/view.ts';
import { type LabelCommand, labelCommand } from './keys.ts';

/** Commands that may repeat while their key is held; labels must not. */
const REPEATS: readonly LabelCommand['do'][] = ['move', 'row', 'slice', 'undo', 'redo', 'zoom'];

type Heard = {
  /** The classes that keys stand for at the moment. */
  classes: () => readonly LabelClass[];
  run: (command: LabelCommand) => void;
  /** Of the large picture, if there is one. */
  view?: Pick<ReturnType<typeof useView>, 'run'>;
  search: RefObject<HTMLInputElement | null>;
  /** Whether a command is meant here; absent: all are. */
  means?: (command: LabelCommand) => boolean;
};

/** @param on false while something else is shown that has keys of its own */
export function useLabelKeys(heard: Heard, on: boolean): void {
  const now = useRef(heard);
  now.current = heard;
  useEffect(() => {
    if (!on) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { classes, run, view, search, means } = now.current;
      if (!isForPage(event)) return;
      const command = labelCommand(event, classes());
      if (!command || means?.(command) === false) return;
      event.preventDefault();
      // The pairs of keys that change the page begin with one of this page's.
      event.stopPropagation();
      if (event.repeat && !REPEATS.includes(command.do)) return;
      if (command.do === 'search') search.current?.focus();
      else if (command.do === 'zoom' || command.do === 'fit') view?.run(command);
      else run(command);
      // In a small window the page scrolls: what the key is for comes into sight.
      if (!['search', 'filters'].includes(command.do))
        document.querySelector('[data-queue]')?.scrollIntoView({ block: 'nearest' });
    };
    // Before the shell's keys.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [on]);
}

/** Whether a key is neither for a field, a dialog or a menu, nor for the control that has the focus. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || isField(event.target)) return false;
  if (document.querySelector('dialog[open], [popover="auto"]:popover-open')) return false;
  return !isPressed(event);
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space press the button that has the focus; arrows move among radio buttons and sliders. */
function isPressed({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === 'Enter' || key === ' ') return target.matches('button, a, summary, input');
  return /^Arrow|^Page|^Home$|^End$/.test(key) && target.matches('input');
}
