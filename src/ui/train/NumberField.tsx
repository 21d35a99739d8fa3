/** A number that may be typed freely and counts only while it is within its range. */
import { useEffect, useState } from 'react';
import { Field } from './Field.tsx';

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  whole?: boolean;
  help?: string;
  onChange: (value: number) => void;
  testId?: string;
};

export function NumberField({ label, value, min, max, whole = false, help, onChange, testId }: Props) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText((old) => (Number(old) === value && old !== '' ? old : String(value))), [value]);

  const valid = (typed: string) => {
    const number = Number(typed);
    return typed.trim() !== '' && number >= min && number <= max && (!whole || Number.isInteger(number));
  };

  return (
    <Field label={label} {...(help ? { help } : {})}>
      {(id) => (
        <input
          id={id}
          inputMode={whole ? 'numeric' : 'decimal'}
          value={text}
          aria-invalid={!valid(text)}
          title={`${min} to ${max}`}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            if (valid(event.target.value)) onChange(Number(event.target.value));
          }}
          onBlur={() => setText(String(value))}
          data-testid={testId}
        />
      )}
    </Field>
  );
}
