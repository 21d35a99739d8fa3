/** A label as a chip in its class's colour: its name, “mixed”, or a dash where there is none. */
import { MIXED } from '../../core/dataset/seriesLabels.ts';
import { classAt, type LabelSet } from '../../core/labels/labelSet.ts';
import styles from './ClassChip.module.css';
import { inkOn } from './colour.ts';
import { labelWords } from './words.ts';

type Props = { set: LabelSet; label: number };

export function ClassChip({ set, label }: Props) {
  const found = label === MIXED ? null : classAt(set, label);
  if (!found) return <span className={`${styles.chip} ${styles.none}`}>{labelWords(set, label)}</span>;
  return (
    <span
      className={styles.chip}
      style={{ background: found.colour, color: inkOn(found.colour) }}
      data-mark
      title={found.description || undefined}
    >
      {found.name}
    </span>
  );
}
