/** A grid of slices that draws only visible tiles. Arrow keys move, Enter or a click opens. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { SliceCard } from '../../app/state.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { useLab } from '../context.ts';
import { roughPercent } from '../format.ts';
import { classOfSet, type ShownClass } from './classes.ts';
import { codeWords, otherText } from './codes.ts';
import { Icon } from './Icon.tsx';
import { LabelChip } from './LabelChip.tsx';
import styles from './SliceGrid.module.css';
import { useSize } from './size.ts';
import type { Slices } from './slices.ts';
import { Thumbnail } from './Thumbnail.tsx';

const GAP = 4;

type Props = {
  slices: Slices;
  /** The set of the run whose predictions they are. */
  labelSet?: LabelSet | undefined;
  label: string;
  /** Minimum width of a tile in pixels. */
  tile: number;
  selected: number | null;
  onSelect: (index: number) => void;
  onOpen?: (index: number) => void;
  autoFocus?: boolean;
  /** What the corner of a slice says, in a word or two; null: nothing. */
  mark?: (card: SliceCard) => string | null;
};

export function SliceGrid(props: Props) {
  const { slices, labelSet, label, tile, selected, onSelect, onOpen, autoFocus = false, mark } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [focused, setFocused] = useState(false);
  const { width } = useSize(scroller);
  const columns = Math.max(1, Math.floor((width + GAP) / (tile + GAP)));
  const side = Math.floor((width - GAP * (columns - 1)) / columns);
  const total = slices.total ?? 0;

  const rows = useVirtualizer({
    count: width > 0 ? Math.ceil(total / columns) : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => side + GAP,
    overscan: 2,
  });
  // The measurements are cached; a new tile size needs new ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: side is what the cached sizes depend on
  useEffect(() => rows.measure(), [side, rows]);

  const visible = rows.getVirtualItems();
  const first = (visible[0]?.index ?? 0) * columns;
  const last = Math.min(total, ((visible.at(-1)?.index ?? 0) + 1) * columns) - 1;
  useEffect(() => {
    if (last >= first) slices.need(first, last);
  });

  useEffect(() => {
    if (autoFocus) scroller.current?.focus();
  }, [autoFocus]);

  // A slice chosen elsewhere, or before the grid opened, may lie far down.
  const laidOut = width > 0 && total > 0;
  useEffect(() => {
    if (laidOut && selected !== null) rows.scrollToIndex(Math.floor(selected / columns));
  }, [laidOut, rows, columns, selected]);

  const move = (event: KeyboardEvent) => {
    const index = next(event.key, selected ?? -1, columns, total);
    if (event.key === 'Enter' && selected !== null && onOpen) {
      // Otherwise the key would also press the focused element of the opened view.
      event.preventDefault();
      onOpen(selected);
    }
    if (index === null) return;
    event.preventDefault();
    onSelect(index);
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={focused && selected !== null ? `${id}-${selected}` : undefined}
      onKeyDown={move}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      data-testid="slice-grid"
    >
      <div className={styles.rows} style={{ height: rows.getTotalSize() }}>
        {visible.flatMap((row) =>
          Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
            const index = row.index * columns + column;
            return (
              <Tile
                key={index}
                id={`${id}-${index}`}
                place={{ index, total }}
                card={slices.card(index)}
                mark={mark}
                judged={labelSet}
                selected={index === selected}
                style={{
                  width: side,
                  height: side,
                  transform: `translate(${column * (side + GAP)}px, ${row.start}px)`,
                }}
                onClick={() => {
                  onSelect(index);
                  onOpen?.(index);
                }}
              />
            );
          }),
        )}
      </div>
    </div>
  );
}

type TileProps = {
  id: string;
  place: { index: number; total: number };
  card: SliceCard | null;
  mark: Props['mark'];
  judged: LabelSet | undefined;
  selected: boolean;
  style: { width: number; height: number; transform: string };
  onClick: () => void;
};

function Tile({ id, place, card, mark, judged, selected, style, onClick }: TileProps) {
  const corner = card && (mark?.(card) ?? null);
  const set = useLab((state) => state.labelSet);
  const of = card && classOf(card, set, judged);
  return (
    // The list box around it handles the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box handles the keys
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the list box (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={place.index + 1}
      aria-setsize={place.total}
      className={card?.excluded ? `${styles.tile} ${styles.out}` : styles.tile}
      style={style}
      onClick={onClick}
      data-testid="slice"
    >
      <span className="spoken">{card ? words(card, set, judged) : 'Loading'}</span>
      {corner && (
        <span className={styles.corner} data-testid="slice-mark">
          {corner}
        </span>
      )}
      {card?.pixels && <Thumbnail pixels={card.pixels} side={224} label="" />}
      {card && !card.pixels && (
        <span className={styles.damaged} data-testid="damaged-slice" aria-hidden="true">
          <Icon name="warning" />
          damaged
        </span>
      )}
      {card && of && (
        <span className={styles.caption} aria-hidden="true">
          <LabelChip of={of} {...otherText(of.id, card.modality)} />
          {card.confidence !== null && <span>{roughPercent(card.confidence)}</span>}
        </span>
      )}
    </div>
  );
}

/** What was predicted, else the label. */
function classOf({ predicted, label }: SliceCard, set: LabelSet, judged: LabelSet = set): ShownClass {
  return predicted === null ? classOfSet(set, label) : classOfSet(judged, predicted);
}

function words(card: SliceCard, set: LabelSet, judged: LabelSet | undefined): string {
  const what =
    card.label === 'other' ? `no label (${codeWords(card.modality)})` : classOfSet(set, card.label).name;
  const state = card.pixels ? (card.excluded ? ', left out of training' : '') : ', damaged';
  const number = card.number === null ? '' : ` ${card.number}`;
  const truth = `Slice${number}, ${what}, series ${card.series}${state}`;
  if (card.predicted === null || card.confidence === null) return truth;
  return `${truth}, predicted as ${classOf(card, set, judged).name} with ${roughPercent(card.confidence)}`;
}

/** The index a key leads to, or null for other keys. */
function next(key: string, from: number, columns: number, total: number): number | null {
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * 4,
    PageUp: -columns * 4,
    Home: -total,
    End: total,
  };
  if (!(key in steps) || total === 0) return null;
  const to = from < 0 ? 0 : from + steps[key];
  return Math.min(total - 1, Math.max(0, to));
}
