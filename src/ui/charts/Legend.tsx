/** Names of the lines, each with a sample. */
import styles from './Legend.module.css';

export function Legend() {
  return (
    <ul className={styles.legend}>
      <li>
        <svg width="24" height="8" aria-hidden="true">
          <path d="M0 4h24" stroke="var(--text)" strokeWidth="2" />
        </svg>
        <span data-print>train</span>
      </li>
      <li>
        <svg width="24" height="8" aria-hidden="true">
          <path d="M0 4h24" stroke="var(--accent)" strokeWidth="2" strokeDasharray="6 4" />
          <circle cx="12" cy="4" r="3" fill="var(--accent)" />
        </svg>
        <span data-print>validate</span>
      </li>
    </ul>
  );
}
