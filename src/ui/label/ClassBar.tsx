/** The classes as buttons, each with its key; beside them what takes a label away, excludes, undoes. */
import type { MouseEvent, ReactNode } from 'react';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { count } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { KeyHint } from '../parts/KeyHint.tsx';
import styles from './ClassBar.module.css';
import { useFieldFocus } from './focusQueue.ts';
import type { LabelCommand } from './keys.ts';

/** The focus stays where the keys are. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

type Props = {
  set: LabelSet;
  /** There is nothing to label. */
  off: boolean;
  readOnly: boolean;
  /** Selected items. */
  selected: number;
  run: (command: LabelCommand) => void;
  /** What the button of the key 0 says. */
  none: string;
  /** Further commands with their keys. */
  more?: readonly { command: LabelCommand; hint: string; name: string }[];
  /** Beside the buttons. */
  children?: ReactNode;
};

export function ClassBar({ set, off, readOnly, selected, run, none, more = [], children }: Props) {
  const blocked = off || readOnly;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Labels" data-testid="class-bar">
      <div className={styles.classes}>
        {set.classes.map((one) => (
          <Press
            key={one.id}
            disabled={blocked}
            title={one.description}
            hint={one.key.toUpperCase()}
            onPress={() => run({ do: 'label', to: one.id, slice: false })}
            testId={`label-${one.id}`}
          >
            <span className={styles.swatch} style={{ background: one.colour }} data-mark />
            {one.name}
          </Press>
        ))}
      </div>
      <div className={styles.classes}>
        <Press
          hint="0"
          disabled={blocked}
          onPress={() => run({ do: 'clear', slice: false })}
          testId="label-clear"
        >
          {none}
        </Press>
        {more.map(({ command, hint, name }) => (
          <Press
            key={command.do}
            hint={hint}
            disabled={blocked}
            onPress={() => run(command)}
            testId={`label-${command.do}`}
          >
            {name}
          </Press>
        ))}
        <Press hint="U" disabled={readOnly} onPress={() => run({ do: 'undo' })} testId="label-undo">
          <Icon name="undo" size={14} /> Undo
        </Press>
        <Press hint="R" disabled={readOnly} onPress={() => run({ do: 'redo' })} testId="label-redo">
          <Icon name="redo" size={14} /> Redo
        </Press>
      </div>
      {children}
      <p className={styles.selected} aria-live="polite" data-testid="selected">
        {selected > 1 && `${count(selected)} selected`}
      </p>
    </div>
  );
}

/** Whether keys mean the shown slice alone. */
export function SliceOnly({
  on,
  off,
  onChange,
}: {
  on: boolean;
  off: boolean;
  onChange: (on: boolean) => void;
}) {
  const { handlers, chosen } = useFieldFocus();
  return (
    <label className={styles.alone} title="Or hold Shift with a key">
      <input
        type="checkbox"
        checked={on}
        disabled={off}
        {...handlers}
        onChange={({ target }) => {
          onChange(target.checked);
          chosen();
        }}
        data-testid="slice-only"
      />
      This slice only
    </label>
  );
}

type PressProps = {
  hint: string;
  title?: string;
  disabled: boolean;
  onPress: () => void;
  testId: string;
  children: ReactNode;
};

function Press({ hint, title, disabled, onPress, testId, children }: PressProps) {
  return (
    <Button
      size="small"
      className={styles.press}
      disabled={disabled}
      title={title || undefined}
      aria-keyshortcuts={hint || undefined}
      onMouseDown={keepFocus}
      onClick={onPress}
      data-testid={testId}
    >
      {children}
      {hint && <KeyHint>{hint}</KeyHint>}
    </Button>
  );
}
