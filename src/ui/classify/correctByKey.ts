/** The keys of the Label page on a classified series: a class, 0 for none of them, ⌫, U and R. */
import type { KeyboardEvent } from 'react';
import type { VerdictActions as All } from '../../app/verdicts.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { correctCommand } from '../inspect/useCorrections.ts';
import type { LabelCommand } from '../label/keys.ts';

type VerdictActions = Pick<All, 'correctVerdicts' | 'undoVerdict' | 'redoVerdict'>;

type Moves = {
  /** After a class was given. */
  goOn(): void;
  /** To the series that undo or redo changed; null: there was nothing to do. */
  goTo(series: readonly string[] | null): void;
  /** For screen readers. */
  say?: (words: string) => void;
};

/** @returns whether the key was one of them */
export function correctByKey(
  event: KeyboardEvent,
  { key, labelSet }: Pick<JudgedSeries, 'key' | 'labelSet'>,
  actions: VerdictActions,
  { goOn, goTo, say = () => undefined }: Moves,
): boolean {
  const { target } = event;
  if (target instanceof HTMLElement && target.matches('input, select, textarea')) return false;
  const command = verdictCommand(event, labelSet);
  if (!command) return false;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return true;
  if (command.do === 'undo') goTo(actions.undoVerdict());
  else if (command.do === 'redo') goTo(actions.redoVerdict());
  else actions.correctVerdicts([key], command.do === 'retract' ? undefined : command.to);
  say(spokenVerdict(command, labelSet));
  if (command.do === 'label' && command.to !== null) goOn();
  return true;
}

/** What a command did, for screen readers; '' for other commands. */
export function spokenVerdict(
  command: LabelCommand | { do: 'label'; to: string | null },
  { classes }: JudgedSeries['labelSet'],
): string {
  if (command.do === 'undo') return 'Undone.';
  if (command.do === 'redo') return 'Done again.';
  if (command.do === 'retract') return 'Taken back.';
  if (command.do !== 'label' && command.do !== 'clear') return '';
  const to = command.do === 'label' ? command.to : null;
  return `You: ${classes.find(({ id }) => id === to)?.name ?? 'none of them'}.`;
}

function verdictCommand(event: KeyboardEvent, set: JudgedSeries['labelSet']) {
  if (event.key === 'Backspace' && !event.ctrlKey && !event.altKey && !event.metaKey)
    return { do: 'retract' } as const;
  const command = correctCommand(event.nativeEvent, set);
  return command?.do === 'exclude' ? null : command;
}
