/** A row of small buttons with one tab stop: ← → Home End go through them. */
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import styles from './Chips.module.css';

type Props = {
  label: string;
  /** What pressing one does, said before its text. */
  verb: string;
  sign: '×' | '+';
  chips: readonly { text: string; note?: string }[];
  testId: string;
  onPress: (at: number) => void;
};

export function Chips({ label, verb, sign, chips, testId, onPress }: Props) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [asked, setAsked] = useState(0);
  const current = Math.min(asked, chips.length - 1);

  const focus = (at: number) => {
    const to = Math.min(chips.length - 1, Math.max(0, at));
    setAsked(to);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: chips.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focus(to);
  };

  return (
    <div className={styles.group}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <ul ref={list} aria-labelledby={id} className={styles.chips} onKeyDown={keys}>
        {chips.map(({ text, note }, at) => (
          <li key={text}>
            <button
              type="button"
              className={styles.chip}
              tabIndex={at === current ? 0 : -1}
              aria-label={[verb, text, note].filter(Boolean).join(' ')}
              data-testid={testId}
              onFocus={() => setAsked(at)}
              onClick={() => {
                onPress(at);
                // The one that was pressed goes: the next one has its place, and the focus.
                setTimeout(() => focus(Math.min(at, chips.length - 2)));
              }}
            >
              {sign === '+' && <span aria-hidden="true">+</span>}
              <span>{text}</span>
              {note && <small> {note}</small>}
              {sign === '×' && <span aria-hidden="true">×</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
