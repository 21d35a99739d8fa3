/** The path of a series without the common folders; a long path is shortened in the middle. */
import styles from './SourcePath.module.css';

/** Characters at the end that are always shown: the last names distinguish series. */
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
