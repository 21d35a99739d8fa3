/** Arrow keys among the rows of a table: one tab stop, ↑ ↓ Home End move it, Enter and Space press it. */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** Frames that a row drawn only in sight may take to appear. */
const WAIT_FRAMES = 20;

export type RovingRows = {
  /** The row that holds the tab stop; what stands inside the others is best kept out of the tab order. */
  current: number;
  /**
   * For the one element of a row that takes the focus: its button, or the row itself (then give it an
   * `onKeyDown` for Enter).
   */
  rowProps(index: number): { tabIndex: 0 | -1; 'data-roving': number; onFocus: () => void };
  /** For the table. Keys pressed in a field inside a row are left alone. */
  onKeyDown(event: KeyboardEvent): void;
};

/**
 * @param table holds the rows
 * @param scrollTo brings a row into sight where only those in sight are drawn
 */
export function useRovingRows(
  table: RefObject<HTMLElement | null>,
  count: number,
  scrollTo?: (index: number) => void,
): RovingRows {
  const [asked, setAsked] = useState(0);
  const frame = useRef(0);
  const current = Math.min(asked, Math.max(0, count - 1));
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  /** The row may be drawn only after it was scrolled to. */
  const focus = (index: number, tries = WAIT_FRAMES) => {
    const row = table.current?.querySelector<HTMLElement>(`[data-roving="${index}"]`);
    if (row) row.focus();
    else if (tries > 0) frame.current = requestAnimationFrame(() => focus(index, tries - 1));
  };

  return {
    current,
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
      // The table would scroll besides.
      event.preventDefault();
      setAsked(to);
      scrollTo?.(to);
      cancelAnimationFrame(frame.current);
      focus(to);
    },
  };
}

/** The row a key leads to; null where the key is none of the table's. */
export function nextRow(key: string, from: number, count: number): number | null {
  const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: count - 1 }[key];
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}
