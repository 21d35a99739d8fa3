/** Chooses what is counted, slices or series, and says what a series' answer is. */
import type { Unit } from '../../app/breakdown.ts';
import type { RunRow } from '../../app/state.ts';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './AlteredBar.module.css';
import type { Found } from './breakdown.ts';

type Props = { run: RunRow; value: Unit; onChange: (value: Unit) => void; found: Found; asked: boolean };

const OPTIONS = [
  { value: 'slice' as const, label: 'Slices' },
  { value: 'series' as const, label: 'Series' },
];

export function UnitBar({ run, value, onChange, found, asked }: Props) {
  return (
    <div className={styles.bar}>
      <span className={styles.name}>Counted</span>
      <Segmented<Unit>
        label="What the figures count"
        options={OPTIONS}
        value={value}
        onChange={onChange}
        testId="unit"
      />
      <p className={styles.says} aria-live="polite" data-testid="unit-says">
        {asked ? words(run, value, found) : ''}
      </p>
    </div>
  );
}

function words(run: RunRow, unit: Unit, { state }: Found): string {
  if (state === 'wanted') return 'Making these figures …';
  if (state === 'none') {
    return 'These figures can’t be made: the predictions of this run are not stored, or some of its slices no longer are. Evaluate it again.';
  }
  if (unit === 'slice') return '';
  return run.calibration
    ? 'The answers of a series’ slices as one, with the calibration by which Classify pools them.'
    : 'The answers of a series’ slices as one: the mean of the logarithms of their probabilities.';
}
