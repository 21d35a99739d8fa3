/** Chooses how slices are altered before the network sees them, and describes what that shows. */

import type { SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import { ALTERATIONS, type AlterationName } from '../../core/image/alterations.ts';
import { metricText } from '../metric.ts';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './AlteredBar.module.css';
import type { Altered } from './altered.ts';

type Props = {
  value: AlterationName | null;
  onChange: (value: AlterationName | null) => void;
  altered: Altered | null;
  /** Figures of the unaltered slices. */
  plain: SplitEvaluation;
};

const OPTIONS = [
  { value: 'none' as const, label: 'As they are' },
  ...Object.entries(ALTERATIONS).map(([value, { label, description }]) => ({
    value: value as AlterationName,
    label,
    title: description,
  })),
];

export function AlteredBar({ value, onChange, altered, plain }: Props) {
  return (
    <div className={styles.bar}>
      <span className={styles.name}>Slices shown</span>
      <Segmented<AlterationName | 'none'>
        label="How slices are shown to the network"
        options={OPTIONS}
        value={value ?? 'none'}
        onChange={(chosen) => onChange(chosen === 'none' ? null : chosen)}
        testId="altered"
      />
      <p className={styles.says} aria-live="polite" data-testid="altered-says">
        {value && altered ? `${words(altered, plain)} ${ALTERATIONS[value].description}` : ''}
      </p>
    </div>
  );
}

function words(altered: Altered, plain: SplitEvaluation): string {
  switch (altered.state) {
    case 'judging':
      return 'Judging the altered slices …';
    case 'failed':
      return 'These could not be judged; the figures are those of the slices as they are.';
    case 'judged':
      return `Accuracy ${metricText(altered.evaluation, 'accuracy')} where it was ${metricText(plain, 'accuracy')}.`;
    default:
      return altered satisfies never;
  }
}
