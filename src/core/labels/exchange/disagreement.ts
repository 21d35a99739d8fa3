/** A series that two readers label differently: what it costs, the edits that decide it, and whether it was decided. */
import type { SliceRef } from '../../types.ts';
import type { LabelEdit, SeriesRef } from '../event.ts';
import type { LabelHistory } from '../history.ts';
import { classAt, type LabelSet } from '../labelSet.ts';
import { rangesOf, rowsIn } from '../ranges.ts';

export type Disagreement = SeriesRef & {
  /** The label of most of its differing slices by each reader; null: in no class. */
  first: string | null;
  second: string | null;
  /** Slices with different labels, of those with a label of both. */
  differ: number;
  slices: number;
  /** What the mean of the classes' kappas would gain if the readers agreed here (kappa.ts). */
  cost: number;
  places: DifferingSlices;
};

/** In the order of the series. Labels are indices into the set's classes, or NO_CLASS. */
export type DifferingSlices = {
  shard: Uint32Array;
  row: Uint32Array;
  labels: readonly [first: Int16Array, second: Int16Array];
  /** Whether these are all slices of the series. */
  whole: boolean;
};

/** Which reader is right; or a class, by its id, or none of them (null). */
export type Decision = { reader: 0 | 1 } | { class: string | null };

/** The middle one of the differing slices. */
export function pictureOf({ places: { shard, row } }: Disagreement): SliceRef {
  return { shard: shard[shard.length >> 1], row: row[row.length >> 1] };
}

/** The label of each differing slice by a decision. */
export function decidedLabels(
  { places }: Disagreement,
  set: LabelSet,
  decision: Decision,
): (string | null)[] {
  if ('class' in decision) return Array.from(places.shard, () => decision.class);
  return Array.from(places.labels[decision.reader], (label) => classAt(set, label)?.id ?? null);
}

/** One act. A series with one label as a whole also means slices of it that are stored later. */
export function decisionEdits(of: Disagreement, set: LabelSet, decision: Decision): LabelEdit[] {
  const { dataset, key, places } = of;
  const labels = decidedLabels(of, set, decision);
  return [...new Set(labels)].map((to): LabelEdit => {
    const change = { kind: 'label', set: set.id, class: to, source: 'user' } as const;
    if (places.whole && labels.every((label) => label === to))
      return { target: { kind: 'series', series: [{ dataset, key }] }, change };
    const rows = new Map<number, number[]>();
    labels.forEach((label, i) => {
      if (label !== to) return;
      const shard = rows.get(places.shard[i]) ?? [];
      rows.set(places.shard[i], shard);
      shard.push(places.row[i]);
    });
    const slices = [...rows].map(([shard, own]) => ({
      shard,
      rows: rangesOf(own.toSorted((a, b) => a - b)),
    }));
    return { target: { kind: 'slices', slices }, change };
  });
}

/**
 * Those of which a differing slice has neither been labelled nor excluded by a user since they were found.
 * @param since number of the last event before
 */
export function undecided(
  items: readonly Disagreement[],
  { edits }: Pick<LabelHistory, 'edits'>,
  set: string,
  since: number,
): Disagreement[] {
  const whole = new Set<string>();
  const rows = new Map<number, Set<number>>();
  for (const { seq, target, change } of edits) {
    const counts =
      change.kind === 'exclude' ? change.exclude : change.set === set && change.source === 'user';
    if (seq <= since || !counts) continue;
    if (target.kind === 'dataset') whole.add(target.dataset);
    else if (target.kind === 'series') for (const one of target.series) whole.add(nameOf(one));
    else {
      for (const { shard, rows: ranges } of target.slices) {
        const own = rows.get(shard) ?? new Set();
        rows.set(shard, own);
        for (const row of rowsIn(ranges, Number.POSITIVE_INFINITY)) own.add(row);
      }
    }
  }
  return items.filter(
    (item) =>
      !whole.has(item.dataset) &&
      !whole.has(nameOf(item)) &&
      !item.places.shard.every((shard, i) => rows.get(shard)?.has(item.places.row[i])),
  );
}

function nameOf({ dataset, key }: SeriesRef): string {
  return `${dataset}\n${key}`;
}
