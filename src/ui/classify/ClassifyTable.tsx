/** One row per series, drawn only when visible; a row opens to its slices. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { commonFolders } from '../../core/classify/sourcePath.ts';
import { useActions } from '../context.ts';
import { type Sort, SortHeader } from '../parts/SortHeader.tsx';
import { useRovingRows } from '../parts/useRovingRows.ts';
import styles from './ClassifyTable.module.css';
import { correctByKey } from './correctByKey.ts';
import type { SeriesColumn } from './filters.ts';
import type { Judging } from './model.ts';
import { SeriesRow } from './SeriesRow.tsx';

const ROW_PX = 65;

type Props = {
  /** In display order. */
  series: JudgedSeries[];
  /** Including filtered ones. */
  all: JudgedSeries[];
  running: boolean;
  /** The chosen model; null: none. */
  model: Judging | null;
  sort: Sort<SeriesColumn>;
  onSort: (sort: Sort<SeriesColumn>) => void;
  /** The current row, which the other views show, too. */
  at: number;
  onAt: (at: number) => void;
  /** For screen readers. */
  onSay: (words: string) => void;
};

export function ClassifyTable({ series, all, running, model, sort, onSort, at, onAt, onSay }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const actions = useActions();
  const common = useMemo(() => commonFolders(all.map(({ sourcePath }) => sourcePath)), [all]);
  /** Without any verdict the verdict columns would be empty. */
  const judged = model !== null || all.some(({ verdict }) => verdict !== null);

  const rows = useVirtualizer({
    count: series.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => series[index].key,
    overscan: 6,
  });
  const roving = useRovingRows(scroller, series.length, (index) => rows.scrollToIndex(index), { at, onAt });
  // Undo, and a list in another order, take the focus with them; so does another view that was left.
  const mounted = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another place is gone to
  useEffect(() => {
    const first = !mounted.current;
    mounted.current = true;
    const { activeElement: has } = document;
    if (has instanceof HTMLElement && has.dataset.roving === String(at)) return;
    if (first ? at > 0 : scroller.current?.contains(has)) roving.goTo(at);
  }, [at]);
  const visible = rows.getVirtualItems();
  const above = visible[0]?.start ?? 0;
  const below = rows.getTotalSize() - (visible.at(-1)?.end ?? 0);
  const columns = judged ? 7 : 5;

  const toggle = (key: string) =>
    setOpen((keys) => {
      const next = new Set(keys);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  /** Of the row that has the focus. */
  const correct = (event: KeyboardEvent): boolean => {
    const at = Number((event.target as HTMLElement).dataset.roving ?? Number.NaN);
    const goOn = () => roving.goTo(Math.min(series.length - 1, at + 1));
    const goTo = (keys: readonly string[] | null) => {
      const row = series.findIndex(({ key }) => keys?.includes(key));
      if (row >= 0) roving.goTo(row);
    };
    return series[at] !== undefined && correctByKey(event, series[at], actions, { goOn, goTo, say: onSay });
  };

  return (
    <div ref={scroller} className={styles.scroller}>
      <table
        className={styles.table}
        data-testid="classify-table"
        aria-label="Series"
        aria-rowcount={series.length + 1}
        onKeyDown={(event) => {
          if (!correct(event)) roving.onKeyDown(event);
        }}
      >
        <Head judged={judged} common={common} sort={sort} onSort={onSort} />
        {above > 0 && <Space height={above} columns={columns} />}
        {visible.map((row) => (
          <SeriesRow
            key={row.key}
            index={row.index}
            measure={rows.measureElement}
            focus={roving.rowProps(row.index)}
            series={series[row.index]}
            common={common}
            judged={judged}
            model={model}
            columns={columns}
            open={open.has(series[row.index].key)}
            onToggle={toggle}
            onInspect={(key, at) => actions.look({ series: key, slice: String(at) }, 'open')}
          />
        ))}
        {below > 0 && <Space height={below} columns={columns} />}
      </table>
      {series.length === 0 && <p className={styles.none}>{emptyWords(all, running)}</p>}
    </div>
  );
}

/** Why there is no series to show. */
export function emptyWords(all: readonly JudgedSeries[], running: boolean): string {
  if (all.length > 0) return 'No series matches.';
  return running ? 'Reading the first series …' : 'No series was found.';
}

type HeadProps = Pick<Props, 'sort' | 'onSort'> & { judged: boolean; common: string };

function Head({ judged, common, sort, onSort }: HeadProps) {
  const order = { sort, onSort };
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={styles.image}>
          <span className="spoken">Slices and image</span>
        </th>
        {judged && <SortHeader {...order} column="verdict" label="Image" className={styles.pixels} />}
        <SortHeader {...order} column="tag" label="DICOM tag" className={styles.tag} />
        {judged && (
          <SortHeader
            {...order}
            column="doubt"
            label="Both"
            numeric
            className={styles.both}
            title="Image and tag together; sorts the most doubtful first"
          />
        )}
        <SortHeader {...order} column="number" label="No." numeric className={styles.number} />
        <SortHeader {...order} column="slices" label="Slices" numeric className={styles.slices} />
        <SortHeader
          {...order}
          column="place"
          label="Series"
          className={styles.place}
          {...(common && { title: `All of them in ${common}` })}
        />
      </tr>
    </thead>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height, columns }: { height: number; columns: number }) {
  return (
    <tbody aria-hidden="true" className={styles.space}>
      <tr>
        <td colSpan={columns} style={{ height }} />
      </tr>
    </tbody>
  );
}
