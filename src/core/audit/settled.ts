/** Slices whose label the user has confirmed: as long as it stays, they come back only for evidence that is new to the user. */
import { giveLabel, givenLabel, type LabelledRows, labelColumns, rowsOf } from '../labels/apply.ts';
import type { LabelEvent } from '../labels/event.ts';
import { classIndex, type LabelSet } from '../labels/labelSet.ts';
import { DISPUTED } from './doubt.ts';
import type { Found } from './kinds/kind.ts';

type Edit = Extract<LabelEvent, { kind: 'edit' }>;

/** What of a label is settled: everything, or the choice between these classes. */
export type Settled = 'all' | ReadonlySet<number>;

/**
 * By row; null: nothing is settled. An answer to a doubt settles the choice between the classes that the doubt named. Another
 * label of the user is settled if it said again what was the label already, or was given since the models judged; a first
 * label by the user is doubted like any other.
 * @param edits in force, in their order, as of `historyOf`
 * @param sinceMs when the models judged
 */
export function settledRows(
  rows: LabelledRows,
  set: LabelSet,
  edits: readonly Edit[],
  sinceMs: number,
): (Settled | null)[] {
  const columns = labelColumns(rows, set, []);
  const settled: (Settled | null)[] = Array(rows.count).fill(null);
  for (const { target, change, timeMs } of edits) {
    const given = givenLabel(set, change);
    if (!given) continue;
    const meant = rowsOf(rows, target);
    const before = meant.map((row) => columns.label[row]);
    giveLabel(columns, meant, given.label, given.source);
    if (given.source !== 'user') continue;
    const between = change.kind === 'label' && change.between;
    const answer = between ? new Set(between.map((id) => classIndex(set, id))) : null;
    meant.forEach((row, i) => {
      const isAgain = before[i] === given.label;
      settled[row] = answer
        ? joined(isAgain ? settled[row] : null, answer)
        : isAgain || timeMs >= sinceMs
          ? 'all'
          : null;
    });
  }
  return settled;
}

/** The same label was given before: what it settled then, it still does. */
function joined(before: Settled | null, answer: ReadonlySet<number>): Settled {
  if (before === null) return answer;
  return before === 'all' ? before : new Set([...before, ...answer]);
}

/** Whether a finding tells the user nothing new. Evidence that is for the label, or is about no class, never does. */
export function isAnswered(settled: Settled | null, { doubt, proposed }: Found): boolean {
  if (settled === null) return false;
  return settled === 'all' || proposed === null || doubt < DISPUTED || settled.has(proposed);
}
