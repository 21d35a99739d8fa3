/** The stored slices of a project in one list, with their series, for the export and import of labels. */
import type { Columns } from '../../columns.ts';
import { hex } from '../../hex.ts';
import { seriesKey } from '../../series.ts';
import { KEY_BYTES, type SeriesFacts } from '../../types.ts';
import { givenLabel, type LabelColumns, type LabelledRows, RANKS, rowsOf } from '../apply.ts';
import { indexEdits } from '../editIndex.ts';
import type { LabelEdit, LabelEvent } from '../event.ts';
import type { LabelSet } from '../labelSet.ts';
import { rangesOf } from '../ranges.ts';

/** A shard with the labels of one set. */
export type ExchangeShard = LabelledRows & LabelColumns & Pick<Columns, 'frame' | 'instanceNumber'>;

/** Slices are numbered through all shards, removed ones left out. */
export type SliceList = {
  count: number;
  shard: Uint32Array;
  row: Uint32Array;
  /** Index into `series`. */
  seriesOf: Uint32Array;
  /** Index into the set's classes, or NO_CLASS. */
  label: Uint8Array;
  /** Index into LABEL_SOURCES. */
  source: Uint8Array;
  frame: Uint32Array;
  /** -1: none. */
  instanceNumber: Int32Array;
  series: SeriesEntry[];
  /** The slice's key in hex. */
  keyOf(slice: number): string;
};

export type SeriesEntry = {
  dataset: string;
  /** As of `seriesKey`. */
  key: string;
  facts: SeriesFacts;
  /** By instance number and frame. */
  slices: number[];
};

export type EditEvent = Extract<LabelEvent, { kind: 'edit' }>;

export function listSlices(shards: readonly ExchangeShard[]): SliceList {
  const kept = shards.map(({ count, removed }) =>
    Array.from({ length: count }, (_, row) => row).filter((row) => removed[row] === 0),
  );
  const count = kept.reduce((sum, rows) => sum + rows.length, 0);
  const list = {
    count,
    shard: new Uint32Array(count),
    row: new Uint32Array(count),
    seriesOf: new Uint32Array(count),
    label: new Uint8Array(count),
    source: new Uint8Array(count),
    frame: new Uint32Array(count),
    instanceNumber: new Int32Array(count),
    series: [] as SeriesEntry[],
  };
  const keys = new Uint8Array(count * KEY_BYTES);
  const numbers = new Map<string, number>();
  let slice = 0;
  shards.forEach((shard, i) => {
    const keysOfSeries = shard.series.map(seriesKey);
    for (const row of kept[i]) {
      const at = shard.seriesOf[row];
      const dataset = shard.datasets[shard.dataset[row]];
      const name = refName({ dataset, key: keysOfSeries[at] });
      let number = numbers.get(name);
      if (number === undefined) {
        number = list.series.length;
        numbers.set(name, number);
        list.series.push({ dataset, key: keysOfSeries[at], facts: shard.series[at], slices: [] });
      }
      list.series[number].slices.push(slice);
      list.seriesOf[slice] = number;
      list.shard[slice] = shard.shard;
      list.row[slice] = row;
      for (const name of ['label', 'source', 'frame', 'instanceNumber'] as const)
        list[name][slice] = shard[name][row];
      keys.set(shard.key.subarray(row * KEY_BYTES, (row + 1) * KEY_BYTES), slice * KEY_BYTES);
      slice++;
    }
  });
  const order = (a: number, b: number) =>
    list.instanceNumber[a] - list.instanceNumber[b] || list.frame[a] - list.frame[b];
  for (const { slices } of list.series) slices.sort(order);
  return { ...list, keyOf: (at) => hex(keys.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES)) };
}

/**
 * For each slice the edit that gave its label, as an index into `edits`; -1 where a tag or folder did, or nobody.
 * @param shards those of the list
 * @param edits in force, in their order, as of `historyOf`
 */
export function decidingEdits(
  list: SliceList,
  shards: readonly ExchangeShard[],
  set: LabelSet,
  edits: readonly EditEvent[],
): Int32Array {
  const decided = new Int32Array(list.count).fill(-1);
  const numbers = new Map(edits.map((edit, i) => [edit, i]));
  const index = indexEdits(edits);
  let first = 0;
  for (const rows of shards) {
    const ranks = new Uint8Array(rows.count);
    const by = new Int32Array(rows.count).fill(-1);
    for (const edit of index.of(rows)) {
      const given = givenLabel(set, edit.change);
      if (!given) continue;
      const rank = RANKS[given.source];
      for (const row of rowsOf(rows, edit.target)) {
        if (rank < ranks[row]) continue;
        ranks[row] = rank;
        by[row] = numbers.get(edit)!;
      }
    }
    // Slices of a shard follow one another in the list, by row.
    for (; first < list.count && list.shard[first] === rows.shard; first++)
      decided[first] = by[list.row[first]];
  }
  return decided;
}

/** The target that means these slices: whole series where all of their slices are among them. */
export function targetsOf(list: SliceList, slices: readonly number[]): LabelEdit['target'][] {
  const wanted = new Uint8Array(list.count);
  for (const slice of slices) wanted[slice] = 1;
  const whole = [...new Set(slices.map((slice) => list.seriesOf[slice]))].filter((at) =>
    list.series[at].slices.every((slice) => wanted[slice] === 1),
  );
  for (const at of whole) for (const slice of list.series[at].slices) wanted[slice] = 0;
  const shards = new Map<number, number[]>();
  // Slices of a shard follow one another in the list, by row.
  for (let slice = 0; slice < list.count; slice++) {
    if (wanted[slice] === 0) continue;
    const rows = shards.get(list.shard[slice]) ?? [];
    shards.set(list.shard[slice], rows);
    rows.push(list.row[slice]);
  }
  const targets: LabelEdit['target'][] = [];
  if (whole.length > 0) {
    const series = whole.map((at) => ({ dataset: list.series[at].dataset, key: list.series[at].key }));
    targets.push({ kind: 'series', series });
  }
  if (shards.size > 0) {
    targets.push({
      kind: 'slices',
      slices: [...shards].map(([shard, rows]) => ({ shard, rows: rangesOf(rows) })),
    });
  }
  return targets;
}

function refName({ dataset, key }: { dataset: string; key: string }): string {
  return `${dataset}\n${key}`;
}
