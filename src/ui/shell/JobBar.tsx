/** A long job in one line: progress, speed, remaining time, and cancel. */
import { useActions, useLab } from '../context.ts';
import { count, rate, remaining } from '../format.ts';
import { jobWord } from '../jobWord.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './JobBar.module.css';

export function JobBar() {
  const job = useLab((state) => state.job);
  const actions = useActions();
  if (!job) return null;
  const word = jobWord(job);
  return (
    <div className={styles.job} data-testid="job-bar">
      <span className={styles.kind}>{word}</span>
      <span className={styles.number}>
        {count(job.done)} / {count(job.total)}
      </span>
      <progress
        max={Math.max(1, job.total)}
        value={job.done}
        aria-label={`${word} ${job.unit}`}
        className={styles.bar}
      />
      <span className={styles.rate}>{job.rate === null ? '–' : `${rate(job.rate)}/s`}</span>
      <span className={styles.time}>{job.secondsLeft === null ? '–' : remaining(job.secondsLeft)}</span>
      <Button
        tone="quiet"
        size="small"
        aria-label="Cancel"
        data-testid="job-cancel"
        onClick={() => actions.cancelJob()}
      >
        <Icon name="close" size={14} />
      </Button>
    </div>
  );
}
