/** Test, validate, train: which split's results are shown. */
import { type KeyboardEvent, useRef } from 'react';
import type { Split } from '../../core/types.ts';
import { SPLIT_TITLES } from '../runs.ts';
import styles from './SplitTabs.module.css';

type Props = { splits: Split[]; value: Split; onChange: (split: Split) => void };

export function SplitTabs({ splits, value, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const next = (splits.indexOf(value) + step + splits.length) % splits.length;
    onChange(splits[next]);
    list.current?.querySelectorAll('button')[next].focus();
  };

  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label="Split" onKeyDown={move}>
      {splits.map((split) => (
        <button
          key={split}
          type="button"
          role="tab"
          aria-selected={split === value}
          tabIndex={split === value ? 0 : -1}
          onClick={() => onChange(split)}
          data-testid={`split-${split}`}
        >
          {SPLIT_TITLES[split]}
        </button>
      ))}
    </div>
  );
}
