/** The page while the first files of a project are read and no dataset is committed yet. */
import { useLab } from '../context.ts';
import { count, plural, rate, remaining } from '../format.ts';
import { jobWord } from '../jobWord.ts';
import styles from './FirstIngest.module.css';

export function FirstIngest() {
  const job = useLab((state) => state.job);
  if (!job) return null;
  return (
    <div className={styles.ingest} data-testid="first-ingest">
      <h1>{jobWord(job)} files</h1>
      <progress max={Math.max(1, job.total)} value={job.done} aria-label={`${jobWord(job)} files`} />
      <p className={styles.figures}>
        <span>
          {count(job.done)} of {plural(job.total, 'file')}
        </span>
        <span>{job.rate === null ? '–' : `${rate(job.rate)} files/s`}</span>
        <span>{job.secondsLeft === null ? '–' : `${remaining(job.secondsLeft)} left`}</span>
      </p>
      <p className={styles.note}>
        {plural(job.slices, 'slice')} so far
        {job.skipped > 0 ? `, ${plural(job.skipped, 'file')} not used` : ''}. You can go on working; if you
        cancel, everything stored so far stays.
      </p>
    </div>
  );
}
