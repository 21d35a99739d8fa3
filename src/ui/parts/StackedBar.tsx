/** Slices per class as one bar, each part in its class's colour. */
import type { Counts } from '../../core/types.ts';
import { useLab } from '../context.ts';
import { count } from '../format.ts';
import { shownClasses } from './classes.ts';
import styles from './StackedBar.module.css';

/** @param counts of the project's chosen label set */
export function StackedBar({ counts }: { counts: Counts }) {
  const set = useLab((state) => state.labelSet);
  const present = shownClasses(set).filter(({ id }) => counts[id] > 0);
  const words = present.map(({ id, name }) => `${name} ${count(counts[id])}`).join(' · ');
  return (
    <div className={styles.stacked} role="img" aria-label={words} title={words}>
      {present.map(({ id, colour }) => (
        <span
          key={id}
          className={styles.part}
          data-mark
          style={{ flexGrow: counts[id], background: colour }}
        />
      ))}
    </div>
  );
}
