/** All runs as a list: searched, filtered by status and tag; their names, tags and notes are edited in place. */
import { useMemo, useRef, useState } from 'react';
import type { RunRow, RunStatus } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { moment, plural } from '../format.ts';
import { metricText } from '../metric.ts';
import { EditableText } from '../parts/EditableText.tsx';
import { Gap } from '../parts/Gap.tsx';
import { Modal } from '../parts/Modal.tsx';
import { useDrawnRows } from '../parts/useDrawnRows.ts';
import { useRovingRows } from '../parts/useRovingRows.ts';
import { headlineSplit, isActive, STATUS_WORDS, statusWords } from '../runs.ts';
import styles from './RunsDialog.module.css';
import { ALL_RUNS, filterRuns, tagsOf } from './runsFilter.ts';

const ROW_PX = 38;
const HEAD_PX = 30;
const COLUMNS = 7;

export function RunsDialog({ runs, onClose }: { runs: RunRow[]; onClose: () => void }) {
  const actions = useActions();
  const [filter, setFilter] = useState(ALL_RUNS);
  const shown = useMemo(() => filterRuns(runs, filter), [runs, filter]);
  const tags = useMemo(() => tagsOf(runs), [runs]);
  const statuses = (Object.keys(STATUS_WORDS) as RunStatus[]).filter((one) =>
    runs.some(({ status }) => status === one),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRovingRows(scroller, shown.length, (index) => drawn.scrollTo(index));
  const drawn = useDrawnRows(scroller, {
    count: shown.length,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
    stop: roving.current,
  });
  return (
    <Modal title="Runs" testId="runs-dialog" shape="full" onClose={onClose}>
      <div className={styles.filters}>
        <input
          type="search"
          placeholder="Title, note, tag, network"
          aria-label="Search the runs"
          value={filter.search}
          onChange={(event) => setFilter({ ...filter, search: event.target.value })}
          data-testid="runs-search"
        />
        <select
          aria-label="Status"
          value={filter.status}
          onChange={(event) => setFilter({ ...filter, status: event.target.value as RunStatus | 'all' })}
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
          onChange={(event) => setFilter({ ...filter, tag: event.target.value })}
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
          {shown.length === runs.length
            ? plural(runs.length, 'run')
            : `${shown.length} of ${plural(runs.length, 'run')}`}
        </span>
      </div>
      <div className={styles.scroller} ref={scroller}>
        <table className={styles.table} aria-rowcount={shown.length + 1} onKeyDown={roving.onKeyDown}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">Run</th>
              <th scope="col">Name</th>
              <th scope="col">Tags</th>
              <th scope="col">Note</th>
              <th scope="col">Status</th>
              <th scope="col">Accuracy</th>
              <th scope="col">Begun</th>
            </tr>
          </thead>
          <tbody>
            {drawn.rows.map(({ index, gap }) => (
              <Row
                key={shown[index].id}
                run={shown[index]}
                index={index}
                gap={gap}
                rowProps={roving.rowProps(index)}
                current={index === roving.current}
                onOpen={() => {
                  actions.go('train', shown[index].id);
                  onClose();
                }}
              />
            ))}
            <Gap height={drawn.below} columns={COLUMNS} />
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.none}>No run is like this.</p>}
      </div>
    </Modal>
  );
}

type RowProps = {
  run: RunRow;
  index: number;
  /** Height of the rows before it that are not drawn. */
  gap: number;
  rowProps: ReturnType<ReturnType<typeof useRovingRows>['rowProps']>;
  /** Only the current row's fields are in the tab order. */
  current: boolean;
  onOpen: () => void;
};

function Row({ run, index, gap, rowProps, current, onOpen }: RowProps) {
  const readOnly = useLab((state) => state.readOnly);
  const live = useLab((state) => state.live);
  const actions = useActions();
  const split = headlineSplit(run);
  // The worker writes the record of the run in progress.
  const field = { disabled: readOnly || isActive(run), tabIndex: current ? 0 : -1 };
  return (
    <>
      <Gap height={gap} columns={COLUMNS} />
      <tr aria-rowindex={index + 2} data-testid="runs-row">
        <td>
          <button type="button" className={styles.open} {...rowProps} onClick={onOpen}>
            {run.title}
          </button>
        </td>
        <td>
          <EditableText
            {...field}
            value={run.name ?? ''}
            label={`Name of ${run.title}`}
            placeholder="by its settings"
            onCommit={(title) => actions.renameRun(run.id, title)}
          />
        </td>
        <td>
          <EditableText
            {...field}
            value={(run.tags ?? []).join(', ')}
            label={`Tags of ${run.title}, by commas`}
            placeholder="none"
            onCommit={(tags) => actions.tagRun(run.id, tags.split(','))}
          />
        </td>
        <td>
          <EditableText
            {...field}
            value={run.note}
            label={`Note on ${run.title}`}
            placeholder="none"
            onCommit={(note) => actions.noteRun(run.id, note)}
          />
        </td>
        <td title={run.error?.title}>{statusWords(run, live)}</td>
        <td>{split ? `${metricText(run.evaluation![split]!, 'accuracy')} on ${split}` : '–'}</td>
        <td>{run.status === 'queued' ? 'not yet' : moment(run.createdMs)}</td>
      </tr>
    </>
  );
}
