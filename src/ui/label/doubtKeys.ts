/** The keys of the queue of doubts: one table for the handler and the `?` dialog, heard wherever the focus is. */
import { useEffect, useRef } from 'react';
import type { DoubtAnswer } from '../../app/audit.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { labelCommand } from './keys.ts';
import { isForPage } from './useLabelKeys.ts';

export type DoubtCommand =
  | { do: 'answer'; answer: DoubtAnswer }
  /** Gives the class that the evidence speaks for. */
  | { do: 'accept' }
  | { do: 'undo' | 'redo' }
  /** To the marked doubt. */
  | { do: 'focus' };

export const DOUBT_KEYS: readonly { keys: readonly string[]; label: string }[] = [
  { keys: ['Enter'], label: 'Label with the class that the evidence speaks for' },
  { keys: ['1', '…'], label: 'Label with the class of that key' },
  { keys: ['='], label: 'Leave as it is: it does not come back' },
  { keys: ['0', 'X'], label: 'Take the label away, exclude' },
  { keys: ['U', 'R'], label: 'Undo, redo' },
  { keys: ['↑', '↓'], label: 'Doubt before, after' },
];

export function useDoubtKeys(set: LabelSet, run: (command: DoubtCommand) => void): void {
  const now = useRef({ set, run });
  now.current = { set, run };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      const command = doubtCommand(event, now.current.set);
      if (!command || event.repeat) return;
      event.preventDefault();
      // The pairs of keys that change the page begin with one of these.
      event.stopPropagation();
      now.current.run(command);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

/** null: not a key of the queue, or one of the list itself. */
function doubtCommand(event: KeyboardEvent, { classes }: LabelSet): DoubtCommand | null {
  if (event.altKey) return null;
  const command = labelCommand(event, classes);
  if (command?.do === 'undo' || command?.do === 'redo') return { do: command.do };
  if (event.ctrlKey || event.metaKey || event.shiftKey) return null;
  if (command?.do === 'label') return { do: 'answer', answer: { kind: 'label', class: command.to } };
  if (command?.do === 'clear') return { do: 'answer', answer: { kind: 'label', class: null } };
  if (command?.do === 'exclude') return { do: 'answer', answer: { kind: 'exclude' } };
  if (event.key === 'Enter') return { do: 'accept' };
  if (event.key === '=') return { do: 'answer', answer: { kind: 'keep' } };
  const isMove = event.key === 'ArrowDown' || event.key === 'ArrowUp';
  const isInList = (event.target as HTMLElement).dataset?.roving !== undefined;
  return isMove && !isInList ? { do: 'focus' } : null;
}
