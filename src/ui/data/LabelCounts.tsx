/** Slices of a dataset by label; slices labelled `other` by their DICOM Modality. */
import type { DatasetRow } from '../../app/state.ts';
import { LABELS } from '../../core/types.ts';
import { count } from '../format.ts';
import { codeWords } from '../parts/codes.ts';
import { Swatch } from '../parts/Modality.tsx';
import styles from './DatasetPanel.module.css';

export function LabelCounts({ dataset: { counts, others } }: { dataset: DatasetRow }) {
  const breakdown = others.map(({ code, slices }) => `${codeWords(code)} ${count(slices)}`).join(', ');
  return (
    <p className={styles.labels} data-testid="label-counts">
      {LABELS.filter((label) => counts[label] > 0).map((label) => (
        <span key={label} title={label === 'other' ? 'Kept and shown, left out of training' : undefined}>
          <Swatch label={label} /> {label} {count(counts[label])}
          {label === 'other' && breakdown && `: ${breakdown}`}
        </span>
      ))}
    </p>
  );
}
