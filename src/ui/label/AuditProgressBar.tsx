/** How far an audit is: what it does, its speed, the time left, and cancel. */
import type { AuditProgress } from '../../core/audit/contract.ts';
import { count, rate, remaining } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Doubts.module.css';

type Props = {
  progress: AuditProgress;
  /** The name of the label set, if it is not the one that is shown. */
  of: string | null;
  onCancel: () => void;
};

export function AuditProgressBar({ progress, of, onCancel }: Props) {
  const words = of === null ? wordsOf(progress) : `${of}: ${wordsOf(progress)}`;
  const share = 'fold' in progress ? progress.done : progress.done / Math.max(1, progress.total);
  return (
    <div className={styles.progress} data-testid="audit-progress">
      <span aria-live="polite">{words}</span>
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
      return progress.total > 0 ? `Reading ${count(progress.total)} slices` : 'Reading the slices';
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
