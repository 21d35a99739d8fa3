/** A labelled control with one plain sentence under it. */
import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';

type Props = {
  label: string;
  help?: string;
  /** Gets the id that ties the control to its label. */
  children: (id: string) => ReactNode;
};

export function Field({ label, help, children }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help && <p>{help}</p>}
    </div>
  );
}

type CheckProps = {
  label: string;
  help: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  testId?: string;
};

export function CheckField({ label, help, checked, onChange, testId }: CheckProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        data-testid={testId}
      />
      <label htmlFor={id}>{label}</label>
      <p>{help}</p>
    </div>
  );
}
