/** Slices whose label the user has confirmed: they do not come back into the queue, as long as the label stays. */
import { giveLabel, type LabelledRows, labelColumns, rowsOf } from '../labels/apply.ts';
import type { LabelEvent } from '../labels/event.ts';
import { classIndex, type LabelSet } from '../labels/labelSet.ts';
import { LABEL_SOURCES } from '../types.ts';

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
    if (change.kind !== 'label' || change.set !== set.id) continue;
    const label = classIndex(set, change.class);
    const meant = rowsOf(rows, target);
    const before = meant.map((row) => columns.label[row]);
    giveLabel(columns, meant, label, change.source);
    meant.forEach((row, i) => {
      const byUser = change.source === 'user' && LABEL_SOURCES[columns.source[row]] === 'user';
      if (byUser) settled[row] = Number(before[i] === label || timeMs >= sinceMs);
    });
  }
  return settled;
}
