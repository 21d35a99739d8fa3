/** Slices whose label the user has confirmed: they do not come back into the queue, as long as the label stays. */
import { giveLabel, givenLabel, type LabelledRows, labelColumns, rowsOf } from '../labels/apply.ts';
import type { LabelEvent } from '../labels/event.ts';
import type { LabelSet } from '../labels/labelSet.ts';

type Edit = Extract<LabelEvent, { kind: 'edit' }>;

/**
 * 1 for each slice whose last label is the user's and either said again what was its label already, or was given since
 * the models judged: that is an answer to their doubt. A first label by the user is doubted like any other.
 * @param edits in force, in their order, as of `historyOf`
 * @param sinceMs when the models judged
 */
export function settledColumn(
  rows: LabelledRows,
  set: LabelSet,
  edits: readonly Edit[],
  sinceMs: number,
): Uint8Array {
  const columns = labelColumns(rows, set, []);
  const settled = new Uint8Array(rows.count);
  for (const { target, change, timeMs } of edits) {
    const given = givenLabel(set, change);
    if (!given) continue;
    const meant = rowsOf(rows, target);
    const before = meant.map((row) => columns.label[row]);
    giveLabel(columns, meant, given.label, given.source);
    if (given.source !== 'user') continue;
    meant.forEach((row, i) => {
      settled[row] = Number(before[i] === given.label || timeMs >= sinceMs);
    });
  }
  return settled;
}
