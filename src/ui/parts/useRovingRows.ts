/** Arrow keys among the rows of a table: one tab stop, ↑ ↓ Home End move it, Enter and Space press it. */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** Animation frames until a virtual row may appear. */
const WAIT_FRAMES = 20;

export type RovingRows = {
  /** The row with the tab stop; keep the contents of other rows out of the tab order. */
  current: number;
  /**
   * For the focusable element of a row: its button, or the row itself (then give it an
   * `onKeyDown` for Enter).
   */
  rowProps(index: number): { tabIndex: 0 | -1; 'data-roving': number; onFocus: () => void };
  /** Moves the tab stop and the focus to a row. */
  goTo(index: number): void;
  /** For the table. Keys pressed in a field inside a row are left alone. */
  onKeyDown(event: KeyboardEvent): void;
};

/**
 * @param table holds the rows
 * @param scrollTo scrolls to a row, if only visible rows are drawn
 * @param held the current row, where the caller keeps it
 */
export function useRovingRows(
  table: RefObject<HTMLElement | null>,
  count: number,
  scrollTo?: (index: number) => void,
  held?: { at: number; onAt: (index: number) => void },
): RovingRows {
  const [own, setOwn] = useState(0);
  const [asked, setAsked] = held ? [held.at, held.onAt] : [own, setOwn];
  const frame = useRef(0);
  const current = Math.min(asked, Math.max(0, count - 1));
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  /** The row may be drawn only after scrolling. */
  const focus = (index: number, tries = WAIT_FRAMES) => {
    const row = table.current?.querySelector<HTMLElement>(`[data-roving="${index}"]`);
    if (row) row.focus();
    else if (tries > 0) frame.current = requestAnimationFrame(() => focus(index, tries - 1));
  };

  const goTo = (to: number) => {
    setAsked(to);
    scrollTo?.(to);
    cancelAnimationFrame(frame.current);
    focus(to);
  };

  return {
    current,
    goTo,
    rowProps: (index) => ({
      tabIndex: index === current ? 0 : -1,
      'data-roving': index,
      onFocus: () => setAsked(index),
    }),
    onKeyDown: (event) => {
      const at = (event.target as HTMLElement).dataset.roving;
      if (at === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const to = nextRow(event.key, Number(at), count);
      if (to === null) return;
      // Otherwise the table would scroll too.
      event.preventDefault();
      goTo(to);
    },
  };
}

/** The target row of a key; null for other keys. */
export function nextRow(key: string, from: number, count: number): number | null {
  const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: count - 1 }[key];
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}
