/** A long table whose rows in sight are drawn, with one tab stop that the arrow keys move. */
import { type RefObject, useRef } from 'react';
import { type DrawnRows, useDrawnRows } from './useDrawnRows.ts';
import { type RovingRows, useRovingRows } from './useRovingRows.ts';

export type TableRows = {
  /** For the element that scrolls and holds the table. */
  scroller: RefObject<HTMLDivElement | null>;
  roving: RovingRows;
  drawn: DrawnRows;
};

/** @param rows see useDrawnRows */
export function useTableRows(rows: {
  count: number;
  rowPx: number;
  headPx: number;
  whole?: boolean;
}): TableRows {
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRovingRows(scroller, rows.count, (index) => drawn.scrollTo(index));
  const drawn = useDrawnRows(scroller, { ...rows, stop: roving.current });
  return { scroller, roving, drawn };
}
