/** A labelled control with one plain sentence under it. */
import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';

type Props = {
  label: string;
  help?: string;
  /** What is wrong with what was typed; stands in the help's place. */
  problem?: string | null;
  /** Gets the ids that tie the control to its label and to the words below it. */
  children: (id: string, described: string) => ReactNode;
};

export function Field({ label, help, problem = null, children }: Props) {
  const id = useId();
  const words = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id, words)}
      {(problem || help) && (
        <p id={words} className={problem ? styles.problem : ''} role={problem ? 'alert' : undefined}>
          {problem ?? help}
        </p>
      )}
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
