/** A tick box of the exchange dialogs with a sentence below it. */
import type { ReactNode } from 'react';
import styles from './exchange.module.css';

type Props = {
  title: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  testId: string;
  children?: ReactNode;
};

export function Check({ title, checked, onChange, disabled = false, testId, children }: Props) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        data-testid={testId}
      />
      <span>
        {title}
        {children && <small>{children}</small>}
      </span>
    </label>
  );
}
