/** Fields that filter a list of runs by words, status and tag, and how many are left. */
import { type ReactNode, useMemo } from 'react';
import type { RunRow, RunStatus } from '../../app/state.ts';
import { plural } from '../format.ts';
import { STATUS_WORDS } from '../runs.ts';
import styles from './RunFilters.module.css';
import { type RunsFilter, tagsOf } from './runsFilter.ts';

type Props = {
  runs: readonly RunRow[];
  /** How many of them the filter leaves. */
  left: number;
  filter: RunsFilter;
  onFilter: (filter: RunsFilter) => void;
  /** At the end of the row. */
  children?: ReactNode;
};

export function RunFilters({ runs, left, filter, onFilter, children }: Props) {
  const tags = useMemo(() => tagsOf(runs), [runs]);
  const statuses = (Object.keys(STATUS_WORDS) as RunStatus[]).filter((one) =>
    runs.some(({ status }) => status === one),
  );
  return (
    <div className={styles.filters}>
      <input
        type="search"
        placeholder="Title, note, tag, network"
        aria-label="Search the runs"
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.target.value })}
        data-testid="runs-search"
      />
      <select
        aria-label="Status"
        value={filter.status}
        onChange={(event) => onFilter({ ...filter, status: event.target.value as RunStatus | 'all' })}
        data-testid="runs-status"
      >
        <option value="all">Any status</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {STATUS_WORDS[status]}
          </option>
        ))}
      </select>
      <select
        aria-label="Tag"
        value={filter.tag}
        disabled={tags.length === 0}
        onChange={(event) => onFilter({ ...filter, tag: event.target.value })}
        data-testid="runs-tag"
      >
        <option value="">{tags.length === 0 ? 'No tags yet' : 'Any tag'}</option>
        {tags.map((tag) => (
          <option key={tag} value={tag}>
            {tag}
          </option>
        ))}
      </select>
      <span className={styles.count} aria-live="polite" data-testid="runs-count">
        {left === runs.length ? plural(runs.length, 'run') : `${left} of ${plural(runs.length, 'run')}`}
      </span>
      {children}
    </div>
  );
}
