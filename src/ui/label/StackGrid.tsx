/** The queue as a grid of stacks: click, Shift, Ctrl or a rubber band select; hovering scrubs through a stack. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type PointerEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { banded, extended, only, toggled } from '../../app/label/selection.ts';
import { useSize } from '../parts/size.ts';
import { type Band, covered } from './band.ts';
import { QUEUE, takeFocus } from './focusQueue.ts';
import type { LabelCommand } from './keys.ts';
import { Stack, type Tile } from './Stack.tsx';
import styles from './StackGrid.module.css';
import type { Stacks as StacksOf } from './useStacks.ts';

const GAP = 6;
/** Height of the caption under a picture. */
const CAPTION = 40;
/** A shorter drag is a click. */
const DRAG_PX = 6;
/** Slices of a hovered stack that are read at once. */
const SCRUBBED = 24;

type Props = {
  stacks: StacksOf;
  /** Least width of a tile in pixels. */
  tile: number;
  /** Of the list, for screen readers. */
  name: string;
  /** Stands where there is nothing to show. */
  none: string;
  tileOf: (item: number) => Tile;
};

export function StackGrid(props: Props) {
  if (props.stacks.queue.length === 0) {
    return (
      <p {...QUEUE} className={styles.nothing} tabIndex={-1} data-testid="nothing">
        {props.none}
      </p>
    );
  }
  return <Stacks {...props} />;
}

function Stacks({ stacks, tile, name, tileOf }: Props) {
  const { queue, selection, slice, select, pictures, setColumns, run } = stacks;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { width } = useSize(scroller);
  const columns = Math.max(1, Math.floor((width + GAP) / (tile + GAP)));
  const side = Math.max(1, Math.floor((width - GAP * (columns - 1)) / columns));
  const pitch = side + CAPTION + GAP;
  const [hovered, setHovered] = useState<{ item: number; slice: number } | null>(null);
  const [band, setBand] = useState<Band | null>(null);
  const press = useRef<Press | null>(null);
  // Tiles are drawn again only if what they show has changed.
  const now = useRef(run);
  now.current = run;
  const open = useCallback((command: LabelCommand) => now.current(command), []);

  const rows = useVirtualizer({
    count: width > 0 ? Math.ceil(queue.length / columns) : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => pitch,
    overscan: 1,
  });
  // The measurements are cached; a new tile size needs new ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: pitch is what the cached sizes depend on
  useEffect(() => rows.measure(), [pitch, rows]);
  useEffect(() => setColumns(columns), [setColumns, columns]);

  useEffect(() => {
    takeFocus(scroller.current);
  }, []);
  useEffect(() => {
    if (width > 0 && queue.length > 0) rows.scrollToIndex(Math.floor(selection.at / columns));
  }, [rows, width, columns, queue, selection.at]);

  const visible = rows.getVirtualItems();
  const first = (visible[0]?.index ?? 0) * columns;
  const last = Math.min(queue.length, ((visible.at(-1)?.index ?? -1) + 1) * columns) - 1;

  /** The picture of an item: where it is scrubbed to, else the middle. */
  const shownOf = (item: number) => {
    if (hovered?.item === item && hovered.slice < queue.to[item]) return hovered.slice;
    return item === selection.at ? slice : queue.from[item] + ((queue.to[item] - queue.from[item]) >> 1);
  };

  useEffect(() => {
    if (last < first) return;
    const middle = (item: number) => queue.from[item] + ((queue.to[item] - queue.from[item]) >> 1);
    const around = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const page = last - first + 1;
    const after = Array.from({ length: page }, (_, i) => last + 1 + i).filter((item) => item < queue.length);
    const scrubbed =
      hovered && hovered.item < queue.length
        ? stackOf(queue.from[hovered.item], queue.to[hovered.item], hovered.slice)
        : [];
    const [from, to] = [queue.from[selection.at], queue.to[selection.at]];
    const stepped = to - from > 1 ? [slice, slice + 1, slice - 1] : [];
    const wanted = [
      ...scrubbed,
      ...stepped.filter((one) => one >= from && one < to),
      ...around.map(middle),
      ...after.map(middle),
    ];
    pictures.want([...new Set(wanted)]);
  }, [pictures, queue, first, last, hovered, selection.at, slice]);

  const pointAt = (event: PointerEvent) => {
    const box = scroller.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top + scroller.current!.scrollTop };
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const point = pointAt(event);
    // The scroll bar has its own drags.
    if (point.x > width) return;
    const item = (event.target as HTMLElement).closest<HTMLElement>('[data-item]')?.dataset.item;
    const extend = event.ctrlKey || event.metaKey;
    press.current = {
      ...point,
      item: item === undefined ? null : Number(item),
      kept: extend ? selection.items : new Set(),
      dragged: false,
    };
  };

  const move = (event: PointerEvent) => {
    const begun = press.current;
    if (!begun) return;
    const { x, y } = pointAt(event);
    if (!begun.dragged && Math.hypot(x - begun.x, y - begun.y) < DRAG_PX) return;
    if (!begun.dragged) event.currentTarget.setPointerCapture(event.pointerId);
    begun.dragged = true;
    const drawn = {
      left: Math.min(x, begun.x),
      top: Math.min(y, begun.y),
      right: Math.max(x, begun.x),
      bottom: Math.max(y, begun.y),
    };
    setBand(drawn);
    const found = covered(drawn, { columns, width: side + GAP, height: pitch, gap: GAP }, queue.length);
    select(banded(found, begun.kept, selection));
  };

  const up = (event: PointerEvent) => {
    const begun = press.current;
    press.current = null;
    setBand(null);
    if (!begun || begun.dragged || begun.item === null) return;
    if (event.shiftKey) select(extended(selection, begun.item));
    else if (event.ctrlKey || event.metaKey) select(toggled(selection, begun.item));
    else select(only(begun.item), hovered?.item === begun.item ? hovered.slice : undefined);
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="listbox"
      aria-multiselectable="true"
      aria-label={name}
      tabIndex={0}
      aria-activedescendant={queue.length > 0 ? `${id}-${selection.at}` : undefined}
      {...QUEUE}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => {
        press.current = null;
        setBand(null);
      }}
      data-testid="stack-grid"
    >
      <div className={styles.rows} style={{ height: rows.getTotalSize() }}>
        {visible.flatMap((row) =>
          Array.from(
            { length: Math.max(0, Math.min(columns, queue.length - row.index * columns)) },
            (_, column) => {
              const item = row.index * columns + column;
              const [from, to] = [queue.from[item], queue.to[item]];
              return (
                <Stack
                  key={from}
                  id={`${id}-${item}`}
                  item={item}
                  total={queue.length}
                  {...tileOf(item)}
                  slice={shownOf(item)}
                  from={from}
                  slices={to - from}
                  selected={selection.items.has(item)}
                  current={item === selection.at}
                  pictures={pictures}
                  side={side}
                  x={column * (side + GAP)}
                  y={row.start}
                  onScrub={setHovered}
                  onOpen={open}
                />
              );
            },
          ),
        )}
        {band && (
          <div
            className={styles.band}
            style={{
              left: band.left,
              top: band.top,
              width: band.right - band.left,
              height: band.bottom - band.top,
            }}
          />
        )}
      </div>
    </div>
  );
}

/** Where a drag began; `kept`: what stays selected. A move may be told of later than the release. */
type Press = { item: number | null; x: number; y: number; kept: ReadonlySet<number>; dragged: boolean };

/** Slices of a stack around one, the nearest first. */
function stackOf(from: number, to: number, at: number): number[] {
  const found = [at];
  for (let by = 1; found.length < SCRUBBED && (at - by >= from || at + by < to); by++) {
    if (at + by < to) found.push(at + by);
    if (at - by >= from) found.push(at - by);
  }
  return found;
}
