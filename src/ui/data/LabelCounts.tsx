/** Slices of a dataset by class; those in none by their DICOM Modality. */
import type { DatasetRow } from '../../app/state.ts';
import { useLab } from '../context.ts';
import { count } from '../format.ts';
import { shownClasses } from '../parts/classes.ts';
import { codeWords } from '../parts/codes.ts';
import { ClassSwatch } from '../parts/LabelChip.tsx';
import styles from './DatasetPanel.module.css';

export function LabelCounts({ dataset: { counts, others } }: { dataset: DatasetRow }) {
  const set = useLab((state) => state.labelSet);
  const breakdown = others.map(({ code, slices }) => `${codeWords(code)} ${count(slices)}`).join(', ');
  return (
    <p className={styles.labels} data-testid="label-counts">
      {shownClasses(set)
        .filter(({ id }) => counts[id] > 0)
        .map(({ id, name, colour }) => (
          <span key={id} title={id === 'other' ? 'Kept and shown, left out of training' : undefined}>
            <ClassSwatch of={{ colour }} /> {name} {count(counts[id])}
            {id === 'other' && breakdown && `: ${breakdown}`}
          </span>
        ))}
    </p>
  );
}
