/** Many runs as a list: searched and filtered; its box adds a run to the comparison, its name opens it. */
import { useMemo, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { figureOf } from '../../core/evaluate/evaluation.ts';
import { useLab } from '../context.ts';
import { moment, percent } from '../format.ts';
import { isUnseen, NOT_SEEN, useListed } from '../listed.ts';
import { Button } from '../parts/Button.tsx';
import { Gap } from '../parts/Gap.tsx';
import { LinkButton } from '../parts/LinkButton.tsx';
import { Modal } from '../parts/Modal.tsx';
import { type Sort, SortHeader } from '../parts/SortHeader.tsx';
import type { RovingRows } from '../parts/useRovingRows.ts';
import { useTableRows } from '../parts/useTableRows.ts';
import { isEvaluated } from '../runs.ts';
import { RunFilters } from '../train/RunFilters.tsx';
import { ALL_RUNS, filterRuns } from '../train/runsFilter.ts';
import { useStatusWords } from '../useStatusWords.ts';
import styles from './RunChooser.module.css';
import { FIRST_ORDER, type RunColumn, sortRuns } from './runSort.ts';

const ROW_PX = 38;
const HEAD_PX = 30;
const COLUMNS = 7;

type Props = {
  runs: RunRow[];
  current: string;
  compared: readonly string[];
  /** How many are compared at most, the shown one among them. */
  most: number;
  onOpen: (id: string) => void;
  onToggle: (id: string) => void;
  onClear: () => void;
  onClose: () => void;
};

export function RunChooser({ runs, current, compared, most, onOpen, onToggle, onClear, onClose }: Props) {
  const [filter, setFilter] = useState(ALL_RUNS);
  const [sort, setSort] = useState<Sort<RunColumn>>(FIRST_ORDER);
  const testLooks = useLab((state) => state.testLooks);
  const listed = useListed(runs);
  const shown = useMemo(() => sortRuns(filterRuns(listed, filter), sort), [listed, filter, sort]);
  const stored = useMemo(() => new Map(runs.map((run) => [run.id, run])), [runs]);
  const { scroller, roving, drawn } = useTableRows({
    count: shown.length,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
  });
  const order = { sort, onSort: setSort };
  const others = compared.filter((id) => id !== current).length;
  return (
    <Modal
      title="Runs to show and compare"
      testId="run-chooser"
      shape="full"
      onClose={onClose}
      footer={
        <>
          <span className={styles.words} aria-live="polite" data-testid="chooser-compared">
            {others === 0
              ? 'Tick runs to compare them with the shown one.'
              : `${others + 1} runs are compared, of ${most} at most: one more takes the place of the first.`}
          </span>
          <Button disabled={others === 0} onClick={onClear} data-testid="chooser-clear">
            Compare none
          </Button>
          <Button tone="accent" onClick={onClose} data-testid="chooser-done">
            Done
          </Button>
        </>
      }
    >
      <RunFilters runs={runs} left={shown.length} filter={filter} onFilter={setFilter} />
      <div className={styles.scroller} ref={scroller}>
        <table
          className={styles.table}
          aria-label="Runs"
          aria-rowcount={shown.length + 1}
          onKeyDown={roving.onKeyDown}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className={styles.pick}>
                <span className="spoken">Compare</span>
              </th>
              <SortHeader {...order} column="title" label="Run" className={styles.title} />
              <th scope="col">Tags</th>
              <th scope="col">Status</th>
              <SortHeader {...order} column="validate" label="Validate" numeric className={styles.number} />
              <SortHeader {...order} column="test" label="Test" numeric className={styles.number} />
              <SortHeader {...order} column="begun" label="Begun" className={styles.begun} />
            </tr>
          </thead>
          <tbody>
            {drawn.rows.map(({ index, gap }) => (
              <Row
                key={shown[index].id}
                run={shown[index]}
                isEvaluated={isEvaluated(stored.get(shown[index].id)!)}
                isUnseen={isUnseen(stored.get(shown[index].id)!, testLooks)}
                index={index}
                gap={gap}
                row={roving.rowProps(index)}
                stop={index === roving.current}
                isCurrent={shown[index].id === current}
                isCompared={compared.includes(shown[index].id)}
                onOpen={() => {
                  onOpen(shown[index].id);
                  onClose();
                }}
                onToggle={() => onToggle(shown[index].id)}
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
  /** Also by figures that the list does not show; whether it has some of test that nobody has looked at. */
  isEvaluated: boolean;
  isUnseen: boolean;
  index: number;
  /** Height of the rows before it that are not drawn. */
  gap: number;
  row: ReturnType<RovingRows['rowProps']>;
  /** Only the current row's box is in the tab order. */
  stop: boolean;
  isCurrent: boolean;
  isCompared: boolean;
  onOpen: () => void;
  onToggle: () => void;
};

function Row(props: RowProps) {
  const { run, index, gap, row, stop, isCurrent, isCompared, onOpen, onToggle } = props;
  const words = useStatusWords();
  return (
    <>
      <Gap height={gap} columns={COLUMNS} />
      <tr aria-rowindex={index + 2} className={isCurrent ? styles.current : ''} data-testid="chooser-row">
        <td className={styles.pick}>
          <input
            type="checkbox"
            tabIndex={stop ? 0 : -1}
            aria-label={isCurrent ? `${run.title}, which is shown` : `Compare with ${run.title}`}
            checked={isCurrent || isCompared}
            disabled={isCurrent || !props.isEvaluated}
            onChange={onToggle}
            data-testid="chooser-compare"
          />
        </td>
        <td>
          <LinkButton {...row} aria-current={isCurrent} title={run.title} onClick={onOpen}>
            {run.title}
          </LinkButton>
        </td>
        <td>{(run.tags ?? []).join(', ')}</td>
        <td>{words(run)}</td>
        <td className={styles.number}>{accuracy(run, 'validate')}</td>
        <td className={styles.number} title={props.isUnseen ? NOT_SEEN : undefined}>
          {props.isUnseen ? 'not seen' : accuracy(run, 'test')}
        </td>
        <td>{run.status === 'queued' ? 'not yet' : moment(run.createdMs)}</td>
      </tr>
    </>
  );
}

function accuracy({ evaluation }: RunRow, split: 'validate' | 'test'): string {
  const of = evaluation?.[split];
  const figure = of ? figureOf(of, 'accuracy') : null;
  return figure === null ? '–' : percent(figure);
}
