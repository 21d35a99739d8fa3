/** How far an audit is: what it does, its speed, the time left, and cancel. */
import type { AuditProgress } from '../../core/audit/contract.ts';
import { count, rate, remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Doubts.module.css';

export function AuditProgressBar({ progress, onCancel }: { progress: AuditProgress; onCancel: () => void }) {
  const words = wordsOf(progress);
  const share = 'fold' in progress ? progress.done : progress.done / Math.max(1, progress.total);
  return (
    <div className={styles.progress} data-testid="audit-progress">
      <span>{words}</span>
      <progress max={1} value={share} aria-label={words} />
      {'fold' in progress && (
        <span className={styles.numbers}>
          {progress.imagesPerSecond === null ? '–' : `${rate(progress.imagesPerSecond)} images/s`} ·{' '}
          {progress.secondsLeft === null ? '–' : `${remaining(progress.secondsLeft)} left`}
        </span>
      )}
      <Button size="small" onClick={onCancel} data-testid="audit-cancel">
        Cancel
      </Button>
    </div>
  );
}

function wordsOf(progress: AuditProgress): string {
  switch (progress.doing) {
    case 'reading':
      return `Reading ${count(progress.total)} slices`;
    case 'comparing':
      return `Comparing ${count(progress.total)} slices`;
    case 'learning':
      return `Model ${progress.fold + 1} of ${progress.k} learns`;
    case 'judging':
      return `Model ${progress.fold + 1} of ${progress.k} judges`;
    default:
      return progress satisfies never;
  }
}
