/** The datasets: sortable, edited in place; the selected one is shown beside it. */
import { Fragment, type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import type { DatasetRow as Row } from '../../app/state.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import { useLab } from '../context.ts';
import { Gap } from '../parts/Gap.tsx';
import { type Sort, SortHeader } from '../parts/SortHeader.tsx';
import { nextRow } from '../parts/useRovingRows.ts';
import { useTableRows } from '../parts/useTableRows.ts';
import { DatasetRow } from './DatasetRow.tsx';
import styles from './DatasetsTable.module.css';
import { searchDatasets } from './search.ts';
import { type DatasetColumn, FIRST_SORT, orderKey, sortDatasets } from './sort.ts';
import { TableTools } from './TableTools.tsx';
import { type Chosen, useChosen } from './useChosen.ts';

const COLUMNS = 10;
const ROW_PX = 37;
const HEAD_PX = 32;

type Props = {
  datasets: Row[];
  selected: string;
  onSelect: (id: string) => void;
  readOnly: boolean;
  /** A press that may become a drag of these datasets to another split. */
  onPress: (event: PointerEvent<HTMLElement>, ids: readonly string[]) => void;
};

export function DatasetsTable({ datasets, selected, onSelect, readOnly, onPress }: Props) {
  const set = useLab((state) => state.labelSet);
  const [sort, setSort] = useState<Sort<DatasetColumn>>(FIRST_SORT);
  const [search, setSearch] = useState('');
  const sorted = useHeldOrder(datasets, sort, search, set);
  const chosen = useChosen(sorted.map(({ id }) => id));
  const {
    scroller,
    roving: rows,
    drawn,
  } = useTableRows({
    count: sorted.length,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
  });
  const order = { sort, onSort: setSort };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = (event.target as HTMLElement).dataset.roving;
    if (at !== undefined && pressed(event, Number(at), sorted, chosen, rows.goTo)) event.preventDefault();
    else rows.onKeyDown(event);
  };
  return (
    <div className={styles.frame}>
      <TableTools
        search={search}
        onSearch={setSearch}
        shown={sorted.length}
        total={datasets.length}
        chosen={chosen}
        readOnly={readOnly}
      />
      <div ref={scroller} className={styles.scroller}>
        <table
          className={styles.table}
          data-testid="datasets-table"
          aria-label="Datasets"
          aria-rowcount={sorted.length + 1}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col" className={styles.pick}>
                <input
                  type="checkbox"
                  aria-label="Choose all shown datasets"
                  checked={sorted.length > 0 && chosen.ids.length === sorted.length}
                  onChange={({ target }) => (target.checked ? chosen.all() : chosen.clear())}
                  data-testid="choose-all"
                />
              </th>
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
                  chosen={chosen.has(sorted[index].id)}
                  onChoose={(range) => chosen.press(sorted[index].id, range)}
                  onPress={(event) => {
                    const { id } = sorted[index];
                    if (!readOnly) onPress(event, chosen.has(id) ? chosen.ids : [id]);
                  }}
                />
              </Fragment>
            ))}
            <Gap height={drawn.below} columns={COLUMNS} />
          </tbody>
        </table>
        {sorted.length === 0 && <p className={styles.none}>No dataset has these words.</p>}
      </div>
    </div>
  );
}

/** Keys of a focused row beside those that move: Space chooses it, Shift and an arrow the next one too, Ctrl+A all. */
function pressed(
  event: KeyboardEvent<HTMLElement>,
  at: number,
  rows: readonly Row[],
  chosen: Chosen,
  goTo: (index: number) => void,
): boolean {
  const { key, shiftKey, ctrlKey, metaKey } = event;
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'a') chosen.all();
  else if (key === ' ' && !ctrlKey && !metaKey) chosen.press(rows[at].id, shiftKey);
  else if (key === 'Escape' && chosen.ids.length > 0) chosen.clear();
  else if (shiftKey && (key === 'ArrowDown' || key === 'ArrowUp')) {
    const to = nextRow(key, at, rows.length)!;
    if (!chosen.has(rows[at].id)) chosen.press(rows[at].id);
    chosen.press(rows[to].id, true);
    goTo(to);
  } else return false;
  return true;
}

/**
 * Rows keep their place during an edit, and stay found: they are sorted and searched again when rows come or go, or the
 * order or the search changes.
 */
function useHeldOrder(datasets: Row[], sort: Sort<DatasetColumn>, search: string, set: LabelSet): Row[] {
  const key = orderKey(datasets, sort);
  const ordered = () => sortDatasets(searchDatasets(datasets, search, set), sort).map(({ id }) => id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the key of the datasets matters
  const order = useMemo(ordered, [key, sort, search, set]);
  const rows = new Map(datasets.map((row) => [row.id, row]));
  return order.flatMap((id) => rows.get(id) ?? []);
}
