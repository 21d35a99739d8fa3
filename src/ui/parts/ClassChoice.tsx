/** A choice of one class: all in sight if they are few, else a list to open. */
import { Segmented } from './Segmented.tsx';

type Props = {
  label: string;
  options: readonly { value: string; label: string; title?: string }[];
  value: string;
  onChange: (value: string) => void;
  testId?: string;
};

/** Characters of all names together that fit beside one another. */
const MOST_CHARACTERS = 48;

export function ClassChoice({ label, options, value, onChange, testId }: Props) {
  const characters = options.reduce((sum, option) => sum + option.label.length + 4, 0);
  const choice = { label, options, value, onChange, ...(testId === undefined ? {} : { testId }) };
  if (characters <= MOST_CHARACTERS) return <Segmented<string> {...choice} />;
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      data-testid={testId}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} title={option.title}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
