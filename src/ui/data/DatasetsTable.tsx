/** The datasets: sortable, edited in place; the selected one is shown beside it. */
import { Fragment, useMemo, useRef, useState } from 'react';
import type { DatasetRow as Row } from '../../app/state.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import { useLab } from '../context.ts';
import { Gap } from '../parts/Gap.tsx';
import { type Sort, SortHeader } from '../parts/SortHeader.tsx';
import { useDrawnRows } from '../parts/useDrawnRows.ts';
import { useRovingRows } from '../parts/useRovingRows.ts';
import { DatasetRow } from './DatasetRow.tsx';
import styles from './DatasetsTable.module.css';
import { type DatasetColumn, FIRST_SORT, orderKey, sortDatasets } from './sort.ts';

const COLUMNS = 9;
const ROW_PX = 37;
const HEAD_PX = 32;

type Props = {
  datasets: Row[];
  selected: string;
  onSelect: (id: string) => void;
  readOnly: boolean;
};

export function DatasetsTable({ datasets, selected, onSelect, readOnly }: Props) {
  const set = useLab((state) => state.labelSet);
  const [sort, setSort] = useState<Sort<DatasetColumn>>(FIRST_SORT);
  const sorted = useHeldOrder(datasets, sort);
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const scrollTo = (index: number) => drawn.scrollTo(index);
  const rows = useRovingRows(table, sorted.length, scrollTo);
  const drawn = useDrawnRows(scroller, {
    count: sorted.length,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
    stop: rows.current,
  });
  const order = { sort, onSort: setSort };
  return (
    <div ref={scroller} className={styles.scroller}>
      <table
        ref={table}
        className={styles.table}
        data-testid="datasets-table"
        aria-label="Datasets"
        aria-rowcount={sorted.length + 1}
        onKeyDown={rows.onKeyDown}
      >
        <thead>
          <tr>
            <SortHeader {...order} column="name" label="Dataset" className={styles.inset} />
            <SortHeader {...order} column="location" label="Location" className={styles.location} />
            <SortHeader {...order} column="split" label="Split" className={styles.split} />
            <th scope="col" className={styles.bar}>
              {set.id === DEFAULT_SET.id ? 'Modalities' : set.name}
            </th>
            <SortHeader {...order} column="slices" label="Slices" numeric className={styles.number} />
            <SortHeader {...order} column="series" label="Series" numeric className={styles.minor} />
            <SortHeader {...order} column="patients" label="Patients" numeric className={styles.minor} />
            <SortHeader {...order} column="warnings" label="Warnings" numeric className={styles.warnings} />
            <th scope="col" className={styles.acts}>
              <span className="spoken">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {drawn.rows.map(({ index, gap }) => (
            <Fragment key={sorted[index].id}>
              <Gap height={gap} columns={COLUMNS} />
              <DatasetRow
                dataset={sorted[index]}
                index={index}
                measure={drawn.measure}
                selected={sorted[index].id === selected}
                onSelect={onSelect}
                readOnly={readOnly}
                row={rows.rowProps(index)}
              />
            </Fragment>
          ))}
          <Gap height={drawn.below} columns={COLUMNS} />
        </tbody>
      </table>
    </div>
  );
}

/** Rows keep their place during an edit: they are sorted again when rows come or go, or the order changes. */
function useHeldOrder(datasets: Row[], sort: Sort<DatasetColumn>): Row[] {
  const key = orderKey(datasets, sort);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the key of the datasets matters
  const order = useMemo(() => sortDatasets(datasets, sort).map(({ id }) => id), [key, sort]);
  const rows = new Map(datasets.map((row) => [row.id, row]));
  return order.flatMap((id) => rows.get(id) ?? []);
}
