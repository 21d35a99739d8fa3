/** The keys of the Label page on a classified series: a class, 0 for none of them, U and R. */
import type { KeyboardEvent } from 'react';
import type { VerdictActions } from '../../app/verdicts.ts';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { correctCommand } from '../inspect/useCorrections.ts';

/** @returns whether the key was one of them */
export function correctByKey(
  event: KeyboardEvent,
  { key, labelSet }: Pick<JudgedSeries, 'key' | 'labelSet'>,
  actions: Pick<VerdictActions, 'correctVerdict' | 'undoVerdict' | 'redoVerdict'>,
): boolean {
  const { target } = event;
  if (target instanceof HTMLElement && target.matches('input, select, textarea')) return false;
  const command = correctCommand(event.nativeEvent, labelSet);
  if (!command || command.do === 'exclude') return false;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return true;
  if (command.do === 'undo') actions.undoVerdict();
  else if (command.do === 'redo') actions.redoVerdict();
  else actions.correctVerdict(key, command.to);
  return true;
}
