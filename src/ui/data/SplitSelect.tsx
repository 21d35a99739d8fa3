/** Selects the split of a whole dataset. */
import { SPLITS, type Split } from '../../core/types.ts';
import styles from './SplitSelect.module.css';

type Props = {
  value: Split;
  label: string;
  disabled: boolean;
  tabIndex: number;
  onChange: (split: Split) => void;
};

export function SplitSelect({ value, label, disabled, tabIndex, onChange }: Props) {
  return (
    <select
      className={styles.select}
      value={value}
      aria-label={label}
      disabled={disabled}
      tabIndex={tabIndex}
      data-split={value}
      data-testid="dataset-split"
      onChange={(event) => onChange(event.target.value as Split)}
    >
      {SPLITS.map((split) => (
        <option key={split} value={split}>
          {split}
        </option>
      ))}
    </select>
  );
}
