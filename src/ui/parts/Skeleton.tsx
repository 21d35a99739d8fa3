/** A page's outline while the database opens. */
import styles from './Skeleton.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f'];

export function Skeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Opening the project">
      <div className={styles.title} />
      <div className={styles.block} />
      {ROWS.map((row) => (
        <div key={row} className={styles.row} />
      ))}
    </div>
  );
}
