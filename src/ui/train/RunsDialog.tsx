/** All runs as a list: searched, filtered by status and tag; their names, tags and notes are edited in place. */
import { useMemo, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { figureOf } from '../../core/evaluate/evaluation.ts';
import { useActions, useLab } from '../context.ts';
import { moment } from '../format.ts';
import { useListed } from '../listed.ts';
import { metricText } from '../metric.ts';
import { EditableText } from '../parts/EditableText.tsx';
import { Gap } from '../parts/Gap.tsx';
import { LinkButton } from '../parts/LinkButton.tsx';
import { Modal } from '../parts/Modal.tsx';
import { TableDownload } from '../parts/TableDownload.tsx';
import type { RovingRows } from '../parts/useRovingRows.ts';
import { useTableRows } from '../parts/useTableRows.ts';
import { headlineSplit, isActive, STATUS_WORDS } from '../runs.ts';
import { useStatusWords } from '../useStatusWords.ts';
import { RunFilters } from './RunFilters.tsx';
import styles from './RunsDialog.module.css';
import { ALL_RUNS, filterRuns } from './runsFilter.ts';

const ROW_PX = 38;
const HEAD_PX = 30;
const COLUMNS = 7;

export function RunsDialog({ runs, onClose }: { runs: RunRow[]; onClose: () => void }) {
  const actions = useActions();
  const [filter, setFilter] = useState(ALL_RUNS);
  const listed = useListed(runs);
  const shown = useMemo(() => filterRuns(listed, filter), [listed, filter]);
  const { scroller, roving, drawn } = useTableRows({
    count: shown.length,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
  });
  return (
    <Modal title="Runs" testId="runs-dialog" shape="full" onClose={onClose}>
      <RunFilters runs={runs} left={shown.length} filter={filter} onFilter={setFilter}>
        <TableDownload name="runs" run={null} table={() => runsTable(shown)} />
      </RunFilters>
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

/** The shown runs, in their order. */
export function runsTable(runs: readonly RunRow[]) {
  return {
    head: ['Run', 'Name', 'Tags', 'Note', 'Status', 'Split', 'n', 'Accuracy', 'Begun'],
    rows: runs.map((run) => {
      const split = headlineSplit(run);
      const evaluation = split && run.evaluation?.[split];
      return [
        ...[run.title, run.name ?? '', (run.tags ?? []).join(', '), run.note, STATUS_WORDS[run.status]],
        ...[split, evaluation?.n ?? null, evaluation ? figureOf(evaluation, 'accuracy') : null],
        run.status === 'queued' ? null : new Date(run.createdMs).toISOString(),
      ];
    }),
  };
}

type RowProps = {
  run: RunRow;
  index: number;
  /** Height of the rows before it that are not drawn. */
  gap: number;
  rowProps: ReturnType<RovingRows['rowProps']>;
  /** Only the current row's fields are in the tab order. */
  current: boolean;
  onOpen: () => void;
};

function Row({ run, index, gap, rowProps, current, onOpen }: RowProps) {
  const readOnly = useLab((state) => state.readOnly);
  const words = useStatusWords();
  const actions = useActions();
  const split = headlineSplit(run);
  // The worker writes the record of the run in progress.
  const field = { disabled: readOnly || isActive(run), tabIndex: current ? 0 : -1 };
  return (
    <>
      <Gap height={gap} columns={COLUMNS} />
      <tr aria-rowindex={index + 2} data-testid="runs-row">
        <td>
          <LinkButton {...rowProps} title={run.title} onClick={onOpen}>
            {run.title}
          </LinkButton>
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
        <td title={run.error?.title}>{words(run)}</td>
        <td>{split ? `${metricText(run.evaluation![split]!, 'accuracy')} on ${split}` : '–'}</td>
        <td>{run.status === 'queued' ? 'not yet' : moment(run.createdMs)}</td>
      </tr>
    </>
  );
}
