/** Four class probabilities as bars; a mark shows each value before the change. */
import { MODALITIES } from '../../core/types.ts';
import { roughPercent } from '../format.ts';
import { Swatch } from '../parts/Modality.tsx';
import styles from './Probabilities.module.css';

type Props = { now: readonly number[]; before?: readonly number[] | null; label: string };

export function Probabilities({ now, before = null, label }: Props) {
  return (
    <ul className={styles.bars} aria-label={label}>
      {MODALITIES.map((modality, i) => (
        <li key={modality}>
          <span className={styles.name}>
            <Swatch label={modality} /> {modality}
          </span>
          <span className={styles.track} aria-hidden="true">
            <span className={styles.fill} data-label={modality} style={{ width: `${now[i] * 100}%` }} />
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
