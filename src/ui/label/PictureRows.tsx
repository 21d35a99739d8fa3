/** A list of images to decide on: only visible rows are drawn, and one of them is marked. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { createPictures, type Pictures } from '../../app/label/readAhead.ts';
import type { SliceRef } from '../../core/types.ts';
import { useActions } from '../context.ts';
import { useSize } from '../parts/size.ts';
import { type RovingRows, useRovingRows } from '../parts/useRovingRows.ts';
import styles from './Doubts.module.css';

const ROW = 108;
/** Pictures of 50 kB. */
const KEPT = 400;
/** On a narrow screen the answers stand below the picture. */
const NARROW = { width: 520, row: 212 };
/** And in more lines, below a reason of three. */
const NARROWEST = { width: 340, row: 266 };

/** Where a row lies, and what it needs of its list. */
export type RowPlace = {
  index: number;
  start: number;
  height: number;
  isCurrent: boolean;
  rowProps: ReturnType<RovingRows['rowProps']>;
  pictures: Pictures;
};

type Said<Item> = {
  idOf: (item: Item) => string;
  refsOf: (item: Item) => readonly SliceRef[];
};

export function usePictureRows<Item>(items: readonly Item[], { idOf, refsOf }: Said<Item>) {
  const actions = useActions();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const height = [NARROWEST, NARROW].find((one) => width < one.width)?.row ?? ROW;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
    getItemKey: (index) => idOf(items[index]),
  });
  // The measurements are cached.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what the cached sizes depend on
  useEffect(() => rows.measure(), [height, rows]);
  const roving = useRovingRows(scroller, items.length, (index) => rows.scrollToIndex(index));
  const visible = rows.getVirtualItems();
  const pictures = useMemo(() => createPictures(actions.slicePictures, { kept: KEPT }), [actions]);
  const wanted = visible.map(({ index }) => idOf(items[index])).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the images in sight, as a value
  useEffect(() => {
    pictures.want(visible.flatMap(({ index }) => refsOf(items[index])));
  }, [pictures, wanted]);

  /** Which row to mark once the list has changed. */
  const next = useRef<((items: readonly Item[]) => number) | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the list has changed
  useEffect(() => {
    const index = next.current?.(items) ?? -1;
    next.current = null;
    if (index >= 0) roving.goTo(index);
  }, [items]);

  return {
    items,
    scroller,
    height,
    rows,
    visible,
    roving,
    pictures,
    /** A row is about to go: the next one takes its place. */
    leave: (index: number) => {
      next.current = (left) => Math.min(index, left.length - 1);
    },
    /** Rows are about to come back: the first of them is marked. */
    expect: () => {
      const known = new Set(items.map(idOf));
      next.current = (now) => now.findIndex((item) => !known.has(idOf(item)));
    },
    /** To the marked row. */
    focus: () => scroller.current?.querySelector<HTMLElement>(`[data-roving="${roving.current}"]`)?.focus(),
  };
}

type Props<Item> = {
  list: ReturnType<typeof usePictureRows<Item>>;
  label: string;
  row: (item: Item, place: RowPlace) => ReactNode;
};

export function PictureRows<Item>({ list, label, row }: Props<Item>) {
  const { items, scroller, height, rows, visible, roving, pictures } = list;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows in it have the focus
    <div ref={scroller} className={styles.scroller} hidden={items.length === 0} onKeyDown={roving.onKeyDown}>
      {/* biome-ignore lint/a11y/useSemanticElements: only visible rows are drawn */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={items.length}
        style={{ height: rows.getTotalSize() }}
      >
        {visible.map(({ index, key, start }) => (
          <Fragment key={key}>
            {row(items[index], {
              ...{ index, start, height, pictures },
              isCurrent: index === roving.current,
              rowProps: roving.rowProps(index),
            })}
          </Fragment>
        ))}
      </div>
    </div>
  );
}
