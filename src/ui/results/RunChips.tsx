/** Every run as a chip: its name opens it, its box adds it to the comparison. */
import type { RunRow } from '../../app/state.ts';
import { moment } from '../format.ts';
import { metricText } from '../metric.ts';
import { headlineSplit, isEvaluated, STATUS_WORDS } from '../runs.ts';
import styles from './RunChips.module.css';

type Props = {
  runs: RunRow[];
  current: string;
  compared: string[];
  onOpen: (id: string) => void;
  onToggle: (id: string) => void;
};

export function RunChips({ runs, current, compared, onOpen, onToggle }: Props) {
  return (
    <ul className={styles.chips} aria-label="Runs">
      {runs.map((run) => (
        <li key={run.id} className={`${styles.chip} ${run.id === current ? styles.current : ''}`}>
          <button
            type="button"
            aria-current={run.id === current}
            title={`${run.title}, begun ${moment(run.createdMs)}`}
            onClick={() => onOpen(run.id)}
            data-testid="run-chip"
          >
            {run.title}
            <span>{score(run)}</span>
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
  );
}

function score(run: RunRow): string {
  const split = headlineSplit(run);
  return split ? metricText(run.evaluation![split]!, 'accuracy') : STATUS_WORDS[run.status];
}
