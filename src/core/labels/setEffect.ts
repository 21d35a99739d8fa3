/** What a change of a label set would do to stored labels, found before it is stored. */
import { LABEL_SOURCES } from '../types.ts';
import { type LabelColumns, type LabelledRows, labelColumns } from './apply.ts';
import type { LabelEvent } from './event.ts';
import { classAt, type LabelSet } from './labelSet.ts';

/** Slices that would go from one class to another; null: no class. */
export type Shift = {
  from: string | null;
  to: string | null;
  /** Whether a person, a model or an import gave the label that is changed, or that comes in place of none. */
  given: boolean;
  slices: number;
};

export type SetEffect = {
  /** Slices in use. */
  slices: number;
  /** Of each class's id, how many slices would have it; those without a class are under `null`. */
  counts: ReadonlyMap<string | null, number>;
  shifts: readonly Shift[];
};

/** The labels that a shard's slices have by the stored set. */
export type LabelledBy = { set: LabelSet; columns: LabelColumns };

/** Of one shard; `wholeEffect` adds them up. @param edits in force, in their order, as of `historyOf` */
export function shardEffect(
  rows: LabelledRows,
  before: LabelledBy | null,
  after: LabelSet,
  edits: readonly Extract<LabelEvent, { kind: 'edit' }>[],
): SetEffect {
  const now = labelColumns(rows, after, edits);
  const counts = new Map<string | null, number>();
  const shifts = new Map<string, Shift>();
  let slices = 0;
  for (let row = 0; row < rows.count; row++) {
    if (rows.removed[row] !== 0) continue;
    slices++;
    const to = classAt(after, now.label[row])?.id ?? null;
    counts.set(to, (counts.get(to) ?? 0) + 1);
    const from = (before && classAt(before.set, before.columns.label[row])?.id) ?? null;
    if (from === to) continue;
    const given = isGiven(from === null || !before ? now.source[row] : before.columns.source[row]);
    const key = JSON.stringify([from, to, given]);
    const shift = shifts.get(key) ?? { from, to, given, slices: 0 };
    shift.slices++;
    shifts.set(key, shift);
  }
  return { slices, counts, shifts: [...shifts.values()] };
}

/** The largest shifts first. */
export function wholeEffect(parts: readonly SetEffect[]): SetEffect {
  const counts = new Map<string | null, number>();
  const shifts = new Map<string, Shift>();
  for (const part of parts) {
    for (const [id, slices] of part.counts) counts.set(id, (counts.get(id) ?? 0) + slices);
    for (const shift of part.shifts) {
      const key = JSON.stringify([shift.from, shift.to, shift.given]);
      shifts.set(key, { ...shift, slices: (shifts.get(key)?.slices ?? 0) + shift.slices });
    }
  }
  return {
    slices: parts.reduce((sum, { slices }) => sum + slices, 0),
    counts,
    shifts: [...shifts.values()].sort((a, b) => b.slices - a.slices),
  };
}

function isGiven(source: number): boolean {
  return !['tag', 'folder', 'none'].includes(LABEL_SOURCES[source]);
}
