/** One number with its name above it. */
import type { ReactNode } from 'react';
import styles from './Figure.module.css';

type Props = { name: string; children: ReactNode; note?: ReactNode; testId?: string };

export function Figures({ children, label }: { children: ReactNode; label: string }) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {children}
    </dl>
  );
}

export function Figure({ name, children, note, testId }: Props) {
  return (
    <div className={styles.figure} data-testid={testId}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>
        {children}
        {note && <span className={styles.note}>{note}</span>}
      </dd>
    </div>
  );
}
