/** The key of a button, shown on it; screen readers get it as `aria-keyshortcuts`. */
import styles from './KeyHint.module.css';

export function KeyHint({ children }: { children: string }) {
  return (
    <span className={styles.key} aria-hidden="true">
      {children}
    </span>
  );
}
