/** Class probabilities as bars; a mark shows each value before the change. */
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { roughPercent } from '../format.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import styles from './Probabilities.module.css';

type Props = {
  labelSet: LabelSet;
  now: readonly number[];
  before?: readonly number[] | null;
  label: string;
};

export function Probabilities({ labelSet, now, before = null, label }: Props) {
  return (
    // Many classes scroll in their box, also by keyboard.
    <ul className={styles.bars} aria-label={label} tabIndex={labelSet.classes.length > 8 ? 0 : undefined}>
      {labelSet.classes.map((one, i) => (
        <li key={one.id}>
          <span className={styles.name} title={one.name}>
            <ClassSwatch of={one} /> <span>{one.name}</span>
          </span>
          <span className={styles.track} aria-hidden="true">
            <span className={styles.fill} style={{ width: `${now[i] * 100}%`, background: one.colour }} />
            {before && <span className={styles.mark} style={{ left: `${before[i] * 100}%` }} />}
          </span>
          <span className={styles.figure}>
            {roughPercent(now[i])}
            {before && <span className="spoken"> (unchanged slice: {roughPercent(before[i])})</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
