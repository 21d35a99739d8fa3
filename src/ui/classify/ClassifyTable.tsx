/** One row a series, of which only those in sight are drawn; a row opens to its slices. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { SeriesVerdict } from '../../core/protocol.ts';
import { SeriesInspector } from '../inspect/SeriesInspector.tsx';
import { type Sort, SortHeader } from '../parts/SortHeader.tsx';
import { useRovingRows } from '../parts/useRovingRows.ts';
import styles from './ClassifyTable.module.css';
import { type SeriesColumn, sortSeries } from './filters.ts';
import { SeriesRow } from './SeriesRow.tsx';

const ROW_PX = 65;

type Props = {
  series: SeriesVerdict[];
  running: boolean;
  filtered: boolean;
  /** Of the model's input. */
  size: 64 | 128 | 224;
};

export function ClassifyTable({ series, running, filtered, size }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<Sort<SeriesColumn>>({ key: 'place', ascending: true });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [inspected, setInspected] = useState<{ key: string; at: number } | null>(null);
  const sorted = useMemo(() => sortSeries(series, sort), [series, sort]);

  const rows = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => sorted[index].key,
    overscan: 6,
  });
  const roving = useRovingRows(scroller, sorted.length, (index) => rows.scrollToIndex(index));
  const visible = rows.getVirtualItems();
  const above = visible[0]?.start ?? 0;
  const below = rows.getTotalSize() - (visible.at(-1)?.end ?? 0);

  const toggle = (key: string) =>
    setOpen((keys) => {
      const next = new Set(keys);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  const place = sorted.findIndex(({ key }) => key === inspected?.key);
  const shown = sorted[place];
  const inspectOther = (by: number) => {
    const next = sorted[Math.min(sorted.length - 1, Math.max(0, place + by))];
    if (next && next !== shown) setInspected({ key: next.key, at: 0 });
  };

  const order = { sort, onSort: setSort };
  return (
    <div ref={scroller} className={styles.scroller}>
      <table
        className={styles.table}
        data-testid="classify-table"
        aria-label="Series"
        aria-rowcount={sorted.length}
        onKeyDown={roving.onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col" className={styles.image}>
              <span className="spoken">Slices and image</span>
            </th>
            <SortHeader {...order} column="verdict" label="Pixels say" className={styles.chip} />
            <SortHeader {...order} column="probability" label="Probability" className={styles.probability} />
            <SortHeader {...order} column="agreement" label="Agreement" numeric className={styles.number} />
            <th scope="col" className={styles.tag}>
              Tag says
            </th>
            <SortHeader {...order} column="slices" label="Slices" numeric className={styles.number} />
            <SortHeader {...order} column="place" label="Found in" className={styles.place} />
          </tr>
        </thead>
        {above > 0 && <Space height={above} />}
        {visible.map((row) => (
          <SeriesRow
            key={row.key}
            index={row.index}
            measure={rows.measureElement}
            focus={roving.rowProps(row.index)}
            series={sorted[row.index]}
            open={open.has(sorted[row.index].key)}
            onToggle={toggle}
            onInspect={(key, at) => setInspected({ key, at })}
          />
        ))}
        {below > 0 && <Space height={below} />}
      </table>
      {sorted.length === 0 && (
        <p className={styles.none}>
          {filtered
            ? 'No series is like this.'
            : running
              ? 'Reading the first series …'
              : 'No series was found.'}
        </p>
      )}
      {shown && inspected && (
        <SeriesInspector
          series={shown}
          at={inspected.at}
          size={size}
          onSeries={inspectOther}
          onClose={() => setInspected(null)}
        />
      )}
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true">
      <tr>
        <td colSpan={7} style={{ height }} />
      </tr>
    </tbody>
  );
}
