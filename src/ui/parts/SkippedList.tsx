/** Files grouped by reason, each with the next step. Draws only visible rows. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { count, plural } from '../format.ts';
import { Icon } from './Icon.tsx';
import styles from './SkippedList.module.css';
import {
  CODE_WORDS,
  groupSkipped,
  type ListedFile,
  occurring,
  type SkippedFilter,
  type SkippedGroup,
  type SkippedRow,
  skippedRows,
} from './skipped.ts';
import { type RovingRows, useRovingRows } from './useRovingRows.ts';

const GROUP_PX = 54;
const FILE_PX = 24;

export function SkippedList({ files }: { files: readonly ListedFile[] }) {
  const [filter, setFilter] = useState<SkippedFilter>({ text: '', code: '', dataset: '' });
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLElement>(null);
  // Typing stays fast with any number of files.
  const wanted = useDeferredValue(filter);
  const groups = useMemo(() => groupSkipped(files, wanted), [files, wanted]);
  // A single reason, or a single match, opens by itself.
  const rows = useMemo(
    () => skippedRows(groups, (key) => opened.has(key) !== (groups.length === 1 || wanted.text !== '')),
    [groups, opened, wanted.text],
  );
  const shown = groups.reduce((sum, group) => sum + group.files.length, 0);

  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => (rows[i].kind === 'group' ? GROUP_PX : FILE_PX),
    getItemKey: (i) => keyOf(rows[i], i),
    overscan: 8,
  });

  // Arrow keys go from reason to reason; the files below an open one are read by scrolling.
  const roving = useRovingRows(scroller, groups.length, (at) =>
    list.scrollToIndex(rows.findIndex((row) => row.kind === 'group' && row.group === groups[at])),
  );

  const toggle = (key: string) =>
    setOpened((keys) => {
      const next = new Set(keys);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  return (
    <div className={styles.skipped} data-testid="skipped-list">
      <Filters files={files} filter={filter} onFilter={setFilter} />
      <p className={styles.shown} aria-live="polite">
        {shown === files.length
          ? `${plural(files.length, 'file')}, ${plural(groups.length, 'reason')}`
          : `${count(shown)} of ${plural(files.length, 'file')}`}
      </p>
      {rows.length === 0 && <p className={styles.none}>No file matches.</p>}
      <section
        ref={scroller}
        className={styles.scroller}
        aria-label="Files and reasons"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard as well
        tabIndex={0}
        onKeyDown={roving.onKeyDown}
      >
        <ul className={styles.rows} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, key, start }) => (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={rows.length}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row row={rows[index]} groups={groups} roving={roving} onToggle={toggle} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function keyOf(row: SkippedRow, index: number): string {
  return row.kind === 'group' ? row.group.key : `${index} ${row.file.path}`;
}

type RowProps = {
  row: SkippedRow;
  groups: readonly SkippedGroup[];
  roving: RovingRows;
  onToggle: (key: string) => void;
};

function Row({ row, groups, roving, onToggle }: RowProps) {
  if (row.kind === 'file') {
    const { path } = row.file;
    return (
      <div className={styles.file} data-testid="skipped-file">
        <span title={path}>{path}</span>
        {row.detail && <span className={styles.detail}>{row.detail}</span>}
      </div>
    );
  }
  const { group, open } = row;
  return (
    <button
      {...roving.rowProps(groups.indexOf(group))}
      type="button"
      className={styles.group}
      aria-expanded={open}
      onClick={() => onToggle(group.key)}
      data-testid="skipped-group"
    >
      <span className={open ? `${styles.arrow} ${styles.turned}` : styles.arrow}>
        <Icon name="right" size={14} />
      </span>
      <span className={styles.count}>{count(group.files.length)}</span>
      <span className={styles.reason}>{group.reason}</span>
      <span className={styles.next}>{group.next}</span>
    </button>
  );
}

type FiltersProps = {
  files: readonly ListedFile[];
  filter: SkippedFilter;
  onFilter: (filter: SkippedFilter) => void;
};

function Filters({ files, filter, onFilter }: FiltersProps) {
  const codes = useMemo(() => occurring(files, ({ code }) => code), [files]);
  const datasets = useMemo(() => occurring(files, ({ dataset }) => dataset), [files]);
  return (
    <div className={styles.filters}>
      <input
        type="search"
        placeholder="Filter by name or reason"
        aria-label="Filter by name or reason"
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <select
        aria-label="Reason"
        value={filter.code}
        onChange={({ target }) => onFilter({ ...filter, code: target.value as SkippedFilter['code'] })}
        data-testid="skipped-reason"
      >
        <option value="">All reasons</option>
        {codes.map(({ value, files: n }) => (
          <option key={value} value={value}>
            {CODE_WORDS[value].reason} ({count(n)})
          </option>
        ))}
      </select>
      <select
        aria-label="Dataset"
        value={filter.dataset}
        onChange={({ target }) => onFilter({ ...filter, dataset: target.value })}
        data-testid="skipped-dataset"
      >
        <option value="">All datasets</option>
        {datasets.map(({ value, files: n }) => (
          <option key={value} value={value}>
            {value} ({count(n)})
          </option>
        ))}
      </select>
    </div>
  );
}
