/** The classes of a set as buttons with their keys, and one for none of them. */

import type { LabelSet } from '../../core/labels/labelSet.ts';
import { ClassSwatch } from './LabelChip.tsx';

type Props = {
  set: LabelSet;
  /** The id of the class that is given; null: none of them; undefined: nothing was given. */
  given: string | null | undefined;
  disabled?: boolean;
  /** What the button for none of them says. */
  none: string;
  onGive: (to: string | null) => void;
  /** Before a hyphen and the class's id. */
  testId: string;
};

export function ClassKeys({ set, given, disabled = false, none, onGive, testId }: Props) {
  return (
    <>
      {set.classes.map(({ id, name, colour, key }) => (
        <button
          key={id}
          type="button"
          aria-pressed={given === id}
          aria-keyshortcuts={key || undefined}
          disabled={disabled}
          title={name}
          onClick={() => onGive(id)}
          data-testid={`${testId}-${id}`}
        >
          <ClassSwatch of={{ colour }} /> <span>{name}</span>
          {key && <kbd>{key.toUpperCase()}</kbd>}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={given === null}
        aria-keyshortcuts="0"
        disabled={disabled}
        onClick={() => onGive(null)}
      >
        <span>{none}</span>
        <kbd>0</kbd>
      </button>
    </>
  );
}
