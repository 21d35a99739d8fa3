/** Messages in place of a view's content, or above it: empty, failed, notes. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Message.module.css';

type EmptyProps = { icon: IconName; title: string; children: ReactNode; testId?: string };

/** Fills an empty view and tells the next step. */
export function Empty({ icon, title, children, testId }: EmptyProps) {
  return (
    <div className={styles.empty} data-testid={testId}>
      <Icon name={icon} size={32} />
      <h2>{title}</h2>
      <div className={styles.words}>{children}</div>
    </div>
  );
}

type CalloutProps = { tone: 'error' | 'warn' | 'info'; title: string; children?: ReactNode; testId?: string };

/** A boxed remark inside a view. */
export function Callout({ tone, title, children, testId }: CalloutProps) {
  return (
    <div className={`${styles.callout} ${styles[tone]}`} data-testid={testId}>
      <Icon name={tone === 'info' ? 'info' : 'warning'} />
      <div className={styles.text}>
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
}
