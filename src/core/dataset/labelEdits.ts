/** Slices of a list as the target of a label edit: whole series by name, others by their place. */
import type { LabelChange, LabelEdit, SeriesRef } from '../labels/event.ts';
import { rangesOf } from '../labels/ranges.ts';
import type { Span } from './seriesLabels.ts';
import { type SeriesList, seriesAt } from './seriesList.ts';

/** Two edits at most. A series that is meant as a whole also means slices of it that are stored later. */
export function labelEdits(list: SeriesList, spans: readonly Span[], change: LabelChange): LabelEdit[] {
  const series: SeriesRef[] = [];
  const rows = new Map<number, number[]>();
  for (const [from, to] of spans) {
    for (let slice = from; slice < to; ) {
      const at = seriesAt(list, slice);
      const end = list.start[at + 1];
      if (slice === list.start[at] && end <= to) {
        series.push({ dataset: list.datasets[list.dataset[at]], key: list.keys[at] });
        slice = end;
        continue;
      }
      for (; slice < Math.min(end, to); slice++) {
        const shard = rows.get(list.shard[slice]) ?? [];
        rows.set(list.shard[slice], shard);
        shard.push(list.row[slice]);
      }
    }
  }
  const slices = [...rows].map(([shard, one]) => ({ shard, rows: rangesOf(one.toSorted((a, b) => a - b)) }));
  return [
    ...(series.length > 0 ? [{ target: { kind: 'series', series } as const, change }] : []),
    ...(slices.length > 0 ? [{ target: { kind: 'slices', slices } as const, change }] : []),
  ];
}
