/** A choice among a few visible options, built on native radio buttons. */
import { useId } from 'react';
import styles from './Segmented.module.css';

type Props<T extends string | number> = {
  label: string;
  options: readonly { value: T; label: string; title?: string }[];
  value: T;
  onChange: (value: T) => void;
  disabled?: boolean;
  testId?: string;
};

export function Segmented<T extends string | number>(props: Props<T>) {
  const { label, options, value, onChange, disabled = false, testId } = props;
  const name = useId();
  return (
    <fieldset className={styles.segmented} disabled={disabled} data-testid={testId}>
      <legend className="spoken">{label}</legend>
      {options.map((option) => (
        <label key={option.value} title={option.title} className={styles.option}>
          <input
            type="radio"
            className="spoken"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
