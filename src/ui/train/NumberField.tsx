/** A number field with free input; an invalid value shows why and blocks the start. */
import { useContext, useEffect, useState } from 'react';
import { Field } from './Field.tsx';
import { readNumber } from './number.ts';
import { FormContext } from './problems.ts';

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  whole?: boolean;
  description?: string;
  onChange: (value: number) => void;
  testId?: string;
};

export function NumberField({ label, value, min, max, whole = false, description, onChange, testId }: Props) {
  const { report, version } = useContext(FormContext);
  const [text, setText] = useState(String(value));
  const range = { min, max, whole };
  const read = readNumber(text, range);
  const problem = typeof read === 'string' ? read : null;

  // The value was set from elsewhere, e.g. by a preset.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version shows the value even if it is unchanged
  useEffect(() => setText(String(value)), [version]);
  useEffect(() => {
    setText((old) => {
      const kept = readNumber(old, { min, max, whole });
      return typeof kept === 'string' || kept === value ? old : String(value);
    });
  }, [value, min, max, whole]);
  useEffect(() => {
    report(label, problem);
    return () => report(label, null);
  }, [report, label, problem]);

  return (
    <Field label={label} {...(description ? { description } : {})} problem={problem}>
      {(id, described) => (
        <input
          id={id}
          inputMode={whole ? 'numeric' : 'decimal'}
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={described}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            const number = readNumber(event.target.value, range);
            if (typeof number === 'number') onChange(number);
          }}
          data-testid={testId}
        />
      )}
    </Field>
  );
}
