/** Where a class is added to a set under edit: by its name, or several by a pasted list. */
import { useEffect, useRef, useState } from 'react';
import { MOST_CLASSES, MOST_NAME_CHARACTERS } from '../../core/labels/labelSet.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './SetEditor.module.css';

type NewClassProps = {
  /** Whether the set has as many classes as it may. */
  full: boolean;
  /** Whether the set has none yet: then this is where editing begins. */
  first: boolean;
  onAdd: (names: string[]) => void;
};

/** Names come one at a time, or several lines at once by pasting. */
export function NewClass({ full, first, onAdd }: NewClassProps) {
  const [name, setName] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the dialog opens
  useEffect(() => {
    if (first) input.current?.focus();
  }, []);
  const add = (text: string) => {
    const names = text
      .split(/\r?\n/)
      .map((line) => line.trim().slice(0, MOST_NAME_CHARACTERS))
      .filter(Boolean);
    if (names.length > 0) onAdd(names);
    setName('');
  };
  return (
    <div className={styles.add}>
      <input
        ref={input}
        value={name}
        maxLength={MOST_NAME_CHARACTERS}
        disabled={full}
        aria-label="Name of a new class"
        placeholder={
          full
            ? `${plural(MOST_CLASSES, 'class', 'classes')} are the most`
            : 'New class; a pasted list adds a class a line'
        }
        data-testid="class-new"
        onChange={(event) => setName(event.target.value)}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text');
          if (!text.trim().includes('\n')) return;
          event.preventDefault();
          add(text);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add(name);
        }}
      />
      <Button size="small" disabled={full || !name.trim()} onClick={() => add(name)} data-testid="class-add">
        Add
      </Button>
    </div>
  );
}
