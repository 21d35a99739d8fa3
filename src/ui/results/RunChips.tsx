/** Runs as chips: the name opens one, the box adds it to the comparison. Of many runs some are chips, the others in a list. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import { moment, plural } from '../format.ts';
import { useListed } from '../listed.ts';
import { metricText } from '../metric.ts';
import { Button } from '../parts/Button.tsx';
import { headlineSplit, isEvaluated, STATUS_WORDS } from '../runs.ts';
import styles from './RunChips.module.css';
import { RunChooser } from './RunChooser.tsx';

/** More cannot be looked over in a row. */
const MOST_CHIPS = 8;

type Props = {
  runs: RunRow[];
  current: string;
  compared: string[];
  /** How many are compared at most, the shown one among them. */
  most: number;
  onOpen: (id: string) => void;
  onToggle: (id: string) => void;
  onClear: () => void;
};

export function RunChips(props: Props) {
  const { runs, current, compared, onOpen, onToggle } = props;
  const [choosing, setChoosing] = useState(false);
  const chips = chipsOf(runs, current, compared);
  const listed = useListed(chips);
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is shown
  useLayoutEffect(() => showCurrent(list.current!), [current]);
  return (
    <div className={styles.runs}>
      {chips.length < runs.length && (
        <Button onClick={() => setChoosing(true)} data-testid="chooser-open">
          All {plural(runs.length, 'run')} …
        </Button>
      )}
      {choosing && <RunChooser {...props} onClose={() => setChoosing(false)} />}
      <ul ref={list} className={styles.chips} aria-label="Runs" data-testid="run-chips">
        {chips.map((run, i) => (
          <li key={run.id} className={`${styles.chip} ${run.id === current ? styles.current : ''}`}>
            <button
              type="button"
              aria-current={run.id === current}
              title={`${run.title}, begun ${moment(run.createdMs)}`}
              onClick={() => onOpen(run.id)}
              data-testid="run-chip"
            >
              {run.title}
              <span>{score(listed[i])}</span>
            </button>
            {runs.length > 1 && run.id !== current && isEvaluated(run) && (
              <label title={`Compare with ${run.title}`}>
                <input
                  type="checkbox"
                  checked={compared.includes(run.id)}
                  onChange={() => onToggle(run.id)}
                  data-testid="run-compare"
                />
                compare
              </label>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Scrolls the row of chips alone, never the page. */
function showCurrent(list: HTMLUListElement): void {
  const chip = list.querySelector('[aria-current="true"]')?.parentElement;
  if (!chip) return;
  const [own, room] = [chip.getBoundingClientRect(), list.getBoundingClientRect()];
  list.scrollLeft += Math.max(0, own.right - room.right) - Math.max(0, room.left - own.left);
}

/** All of a few; of many the shown one, those it is compared with, and the newest. */
export function chipsOf(runs: RunRow[], current: string, compared: readonly string[]): RunRow[] {
  if (runs.length <= MOST_CHIPS) return runs;
  const chosen = new Set([current, ...compared]);
  for (const { id } of runs) if (chosen.size < MOST_CHIPS) chosen.add(id);
  return runs.filter(({ id }) => chosen.has(id));
}

function score(run: RunRow): string {
  const split = headlineSplit(run);
  return split ? `${metricText(run.evaluation![split]!, 'accuracy')} on ${split}` : STATUS_WORDS[run.status];
}
