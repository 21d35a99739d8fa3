/** Slices per label as one bar, each part in its modality's colour. */
import { type Counts, LABELS } from '../../core/types.ts';
import { count } from '../format.ts';
import styles from './StackedBar.module.css';

export function StackedBar({ counts }: { counts: Counts }) {
  const present = LABELS.filter((label) => counts[label] > 0);
  const words = present.map((label) => `${label} ${count(counts[label])}`).join(' · ');
  return (
    <div className={styles.stacked} role="img" aria-label={words} title={words}>
      {present.map((label) => (
        <span
          key={label}
          className={styles.part}
          data-mark
          style={{ flexGrow: counts[label], background: `var(--${label.toLowerCase()})` }}
        />
      ))}
    </div>
  );
}
