/** Of the slices that figures are about: how many had a label that a person had put in place of the file's own. */
import { LABEL_SOURCES, type LabelSource } from '../types.ts';
import { type LabelledRows, labelColumns } from './apply.ts';
import type { JudgedSlices } from './changedSince.ts';
import { indexEdits } from './editIndex.ts';
import type { LabelEvent } from './event.ts';
import { historyOf } from './history.ts';
import { type LabelSet, NO_CLASS } from './labelSet.ts';
import { propose } from './propose.ts';

/** By whom, in place of what a header or a folder proposes. */
export type CorrectedBefore = Readonly<Partial<Record<LabelSource, number>>>;

/**
 * A label that was given where nothing proposed one corrects nothing.
 * @param set as it was
 * @param timeMs of the figures: later events are not looked at
 */
export function correctedBefore(
  judged: JudgedSlices,
  set: LabelSet,
  shards: readonly LabelledRows[],
  events: readonly LabelEvent[],
  timeMs: number,
): CorrectedBefore {
  const edits = indexEdits(historyOf(events.filter((event) => event.timeMs <= timeMs)).edits);
  const rowsOf = new Map<number, number[]>();
  judged.shard.forEach((shard, i) => {
    const list = rowsOf.get(shard);
    if (list) list.push(i);
    else rowsOf.set(shard, [i]);
  });
  const by: Partial<Record<LabelSource, number>> = {};
  for (const rows of shards) {
    const wanted = rowsOf.get(rows.shard);
    const own = wanted ? edits.of(rows).filter(({ change }) => change.kind === 'label') : [];
    if (!wanted || own.length === 0) continue;
    const { label, source } = labelColumns(rows, set, own);
    const proposed = rows.series.map((facts) => propose(facts, set).label);
    for (const i of wanted) {
      const row = judged.row[i];
      const own = proposed[rows.seriesOf[row]];
      if (label[row] !== judged.truth[i] || own === NO_CLASS || own === label[row]) continue;
      const from = LABEL_SOURCES[source[row]];
      by[from] = (by[from] ?? 0) + 1;
    }
  }
  return by;
}
