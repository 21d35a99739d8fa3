/** What can be said to the marked doubt: a class, none, as it is, left out; and undo. Each with its key. */
import type { ReactNode } from 'react';
import type { DoubtAnswer } from '../../app/audit.ts';
import type { Doubt } from '../../core/audit/queue.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import bar from '../inspect/CorrectBar.module.css';
import { ClassKeys } from '../parts/ClassKeys.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './Doubts.module.css';
import type { DoubtCommand } from './doubtKeys.ts';

type Props = {
  set: LabelSet;
  /** null: none is left. */
  doubt: Doubt | null;
  readOnly: boolean;
  run: (command: DoubtCommand) => void;
};

export function DoubtBar({ set, doubt, readOnly, run }: Props) {
  const answer = (given: DoubtAnswer) => run({ do: 'answer', answer: given });
  const off = readOnly || doubt === null;
  const label = doubt && (set.classes[doubt.label]?.id ?? null);
  return (
    <fieldset className={`${bar.bar} ${styles.bar}`} data-testid="doubt-bar">
      <legend className="spoken">Answer the marked doubt</legend>
      <div className={bar.keys}>
        <ClassKeys
          set={set}
          given={doubt ? label : undefined}
          disabled={off}
          none="No label"
          onGive={(to) => answer({ kind: 'label', class: to })}
          testId="doubt-label"
        />
      </div>
      <div className={bar.keys}>
        <Key name="=" disabled={off} onPress={() => answer({ kind: 'keep' })} testId="doubt-keep">
          Leave as it is
        </Key>
        <Key name="X" disabled={off} onPress={() => answer({ kind: 'exclude' })} testId="doubt-exclude">
          Exclude
        </Key>
        <Key name="U" disabled={readOnly} onPress={() => run({ do: 'undo' })} testId="doubt-undo">
          <Icon name="undo" size={12} /> Undo
        </Key>
        <Key name="R" disabled={readOnly} onPress={() => run({ do: 'redo' })} testId="doubt-redo">
          <Icon name="redo" size={12} /> Redo
        </Key>
      </div>
    </fieldset>
  );
}

type KeyProps = {
  name: string;
  disabled: boolean;
  onPress: () => void;
  testId: string;
  children: ReactNode;
};

function Key({ name, disabled, onPress, testId, children }: KeyProps) {
  return (
    <button type="button" aria-keyshortcuts={name} disabled={disabled} onClick={onPress} data-testid={testId}>
      <span className={styles.act}>{children}</span>
      <kbd>{name}</kbd>
    </button>
  );
}
