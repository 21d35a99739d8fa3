/** A list of words as one line of text with commas between; the text is left as it is typed. */
import { useState } from 'react';

type Props = {
  values: readonly string[];
  label: string;
  invalid: boolean;
  describedBy: string;
  tabIndex: 0 | -1;
  testId: string;
  onChange: (values: string[]) => void;
};

export function ListField({ values, label, invalid, describedBy, tabIndex, testId, onChange }: Props) {
  const [typed, setTyped] = useState('');
  // After an undo, and before anything is typed, the list is not the typed one.
  const text = same(listOf(typed), values) ? typed : values.join(', ');
  return (
    <input
      value={text}
      placeholder="one, another"
      aria-label={label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      tabIndex={tabIndex}
      spellCheck={false}
      autoComplete="off"
      data-testid={testId}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(listOf(event.target.value));
      }}
    />
  );
}

/** Words between commas, each once, without case. */
export function listOf(text: string): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const plain = words.map((word) => word.toLowerCase());
  return words.filter((_, at) => plain.indexOf(plain[at]) === at);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, at) => word === b[at]);
}
