/** Where a series was found, without what all have in common; one that is too long is cut in its middle. */
import styles from './SourcePath.module.css';

/** Letters at the end that are shown whatever happens: the last names tell series apart. */
const END = 24;

export function SourcePath({ path, common }: { path: string; common: string }) {
  const own = path.slice(common.length);
  const cut = Math.max(0, own.length - END);
  return (
    <span className={styles.place} title={path}>
      <span className={styles.start}>{own.slice(0, cut)}</span>
      <span className={styles.end}>{own.slice(cut)}</span>
    </span>
  );
}
