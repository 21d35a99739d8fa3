/** The classes as buttons, each with its key; beside them what takes a label away, excludes, undoes. */
import type { MouseEvent, ReactNode } from 'react';
import { count } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { KeyHint } from '../parts/KeyHint.tsx';
import styles from './ClassBar.module.css';
import type { LabelCommand } from './keys.ts';
import type { Labeller } from './useLabeller.ts';

/** The focus stays where the keys are. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

export function ClassBar({ labeller }: { labeller: Labeller }) {
  const { labelling, queue, selection, readOnly, sliceOnly, setSliceOnly, run } = labeller;
  const { set } = labelling;
  const off = readOnly || queue.length === 0;
  const many = selection.items.size;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Labels" data-testid="class-bar">
      <div className={styles.classes}>
        {set.classes.map((one) => (
          <Press
            key={one.id}
            disabled={off}
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
        <Command name="clear" hint="0" disabled={off} run={run}>
          No label
        </Command>
        <Command name="exclude" hint="X" disabled={off} run={run}>
          Exclude
        </Command>
        <Command name="undo" hint="U" disabled={readOnly} run={run}>
          <Icon name="undo" size={14} /> Undo
        </Command>
        <Command name="redo" hint="R" disabled={readOnly} run={run}>
          <Icon name="redo" size={14} /> Redo
        </Command>
      </div>
      <label className={styles.alone} title="Or hold Shift with a key">
        <input
          type="checkbox"
          checked={sliceOnly}
          disabled={off}
          onChange={({ target }) => {
            setSliceOnly(target.checked);
            target.blur();
          }}
          data-testid="slice-only"
        />
        This slice only
      </label>
      <p className={styles.selected} aria-live="polite" data-testid="selected">
        {many > 1 && `${count(many)} selected`}
      </p>
    </div>
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

type CommandProps = {
  name: 'clear' | 'exclude' | 'undo' | 'redo';
  hint: string;
  disabled: boolean;
  run: (command: LabelCommand) => void;
  children: ReactNode;
};

function Command({ name, hint, disabled, run, children }: CommandProps) {
  const command: LabelCommand =
    name === 'clear' || name === 'exclude' ? { do: name, slice: false } : { do: name };
  return (
    <Press hint={hint} disabled={disabled} onPress={() => run(command)} testId={`label-${name}`}>
      {children}
    </Press>
  );
}
