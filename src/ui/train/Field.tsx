/** A labelled control with one plain sentence under it. */
import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';

type Props = {
  label: string;
  description?: string;
  /** The error of the input; replaces the description. */
  problem?: string | null;
  /** Gets the ids that link the control to its label and description. */
  children: (id: string, described: string) => ReactNode;
};

export function Field({ label, description, problem = null, children }: Props) {
  const id = useId();
  const words = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id, words)}
      {(problem || description) && (
        <p id={words} className={problem ? styles.problem : ''} role={problem ? 'alert' : undefined}>
          {problem ?? description}
        </p>
      )}
    </div>
  );
}

type CheckProps = {
  label: string;
  description: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  testId?: string;
};

export function CheckField({ label, description, checked, onChange, testId }: CheckProps) {
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
      <p>{description}</p>
    </div>
  );
}
