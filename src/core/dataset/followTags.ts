/** The edits that give slices which a folder labelled against their DICOM tag the label of the tag. */
import type { LabelEdit } from '../labels/event.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import { propose } from '../labels/propose.ts';
import { rangesOf } from '../labels/ranges.ts';
import { LABEL_SOURCES } from '../types.ts';
import type { ShardIndex } from './shard.ts';

const FOLDER = LABEL_SOURCES.indexOf('folder');

/** Earlier versions let a folder outrank the tag. Labels of users and models stay. @param indexes with labels of `set` */
export function followTags(indexes: readonly ShardIndex[], set: LabelSet): LabelEdit[] {
  /** By class, then by shard. */
  const found = new Map<string | null, Map<number, number[]>>();
  for (const index of indexes) {
    const proposals = index.series.map((facts) => propose({ ...facts, folders: [] }, set));
    for (let row = 0; row < index.count; row++) {
      if (index.source[row] !== FOLDER || index.removed[row] === 2) continue;
      const { label, source } = proposals[index.seriesOf[row]];
      if (source !== 'tag') continue;
      const to = set.classes[label]?.id ?? null;
      const shards = found.get(to) ?? new Map<number, number[]>();
      found.set(to, shards);
      const rows = shards.get(index.shard) ?? [];
      shards.set(index.shard, rows);
      rows.push(row);
    }
  }
  return Array.from(found, ([to, shards]) => ({
    target: {
      kind: 'slices',
      slices: Array.from(shards, ([shard, rows]) => ({ shard, rows: rangesOf(rows) })),
    },
    change: { kind: 'label', set: set.id, class: to, source: 'tag' },
  }));
}
