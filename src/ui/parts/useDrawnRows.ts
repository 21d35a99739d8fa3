/** Which rows of a long table are drawn: those in sight, and the one with the tab stop, so that Tab finds the table. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** Rows drawn beyond what is in sight. */
const OVERSCAN = 6;

export type DrawnRows = {
  /** `gap`: height of the rows before it that are not drawn. */
  rows: readonly { index: number; gap: number }[];
  /** Height of the rows after the last drawn one. */
  below: number;
  scrollTo(index: number): void;
  /** A `ref` for rows that differ in height; they need `data-index`. */
  measure(row: Element | null): void;
};

type Rows = {
  count: number;
  /** Height of a row, as far as it is known, and of the head that stays above them. */
  rowPx: number;
  headPx: number;
  /** The row with the tab stop. */
  stop: number;
  /** Every row is drawn: there are few, or they are printed. */
  whole?: boolean;
};

export function useDrawnRows(
  scroller: RefObject<HTMLElement | null>,
  { count, rowPx, headPx, stop, whole = false }: Rows,
): DrawnRows {
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    paddingStart: headPx,
    scrollPaddingStart: headPx,
    rangeExtractor: (range) => withStop(defaultRangeExtractor(range), stop, count),
  });
  const items = rows.getVirtualItems();
  return {
    rows: whole
      ? Array.from({ length: count }, (_, index) => ({ index, gap: 0 }))
      : items.map(({ index, start }, at) => ({
          index,
          gap: start - (at === 0 ? headPx : items[at - 1].end),
        })),
    below: whole ? 0 : rows.getTotalSize() - (items.at(-1)?.end ?? headPx),
    scrollTo: (index) => rows.scrollToIndex(index),
    measure: rows.measureElement,
  };
}

/** Ascending. */
export function withStop(shown: readonly number[], stop: number, count: number): number[] {
  if (stop >= count || shown.includes(stop)) return [...shown];
  return [...shown, stop].sort((a, b) => a - b);
}
