/** The series of a project: what is stored of each, and its slices in their order. */
import { seriesKey } from '../series.ts';
import type { SeriesFacts, SliceRef } from '../types.ts';
import { DAMAGED, type ShardIndex } from './shard.ts';

/**
 * Series are numbered from 0, dataset by dataset, in stored order. Slices are numbered from 0, series by series, by
 * instance number and frame: those of series `i` are `start[i]` up to, not including, `start[i + 1]`.
 */
export type SeriesList = {
  count: number;
  slices: number;
  /** Ids. */
  datasets: readonly string[];
  /** By series: index into `datasets`. */
  dataset: Uint32Array;
  /** By series: its key, as given by `seriesKey`. */
  keys: readonly string[];
  /** By series: the facts of its first slice. */
  facts: readonly SeriesFacts[];
  /** By series, from 1: its number within its dataset. */
  number: Uint32Array;
  /** `count` + 1 entries. */
  start: Uint32Array;
  /** By slice. */
  shard: Uint32Array;
  row: Uint16Array;
  /** By slice: the facts of its own header, as an index into `headers`. */
  header: Uint32Array;
  headers: readonly SeriesFacts[];
  /** By shard: the number of the slice in each row; NOT_LISTED for removed ones. */
  places: ReadonlyMap<number, Int32Array>;
};

export const NOT_LISTED = -1;

/** One pass over the columns, and a sort of each series that is not stored in its order. Damaged slices are listed. */
export function listSeries(indexes: readonly ShardIndex[]): SeriesList {
  const { ids, found, seriesOf } = findSeries(indexes);
  const order = found.map((_, i) => i).sort((a, b) => found[a].dataset - found[b].dataset || a - b);
  const rank = new Uint32Array(found.length);
  order.forEach((from, to) => {
    rank[from] = to;
  });

  const start = new Uint32Array(found.length + 1);
  for (const of of seriesOf) for (const series of of) if (series >= 0) start[rank[series] + 1]++;
  for (let i = 0; i < found.length; i++) start[i + 1] += start[i];
  const slices = start[found.length];

  const next = start.slice();
  const [shard, row] = [new Uint32Array(slices), new Uint16Array(slices)];
  const [header, instance] = [new Uint32Array(slices), new Int32Array(slices)];
  const frame = new Uint32Array(slices);
  const headers: SeriesFacts[] = [];
  indexes.forEach((index, at) => {
    const base = headers.length;
    headers.push(...index.series);
    for (let r = 0; r < index.count; r++) {
      const series = seriesOf[at][r];
      if (series < 0) continue;
      const slice = next[rank[series]]++;
      shard[slice] = index.shard;
      row[slice] = r;
      header[slice] = base + index.seriesOf[r];
      instance[slice] = index.instanceNumber[r];
      frame[slice] = index.frame[r];
    }
  });
  const columns = [shard, row, header] as const;
  for (let i = 0; i < found.length; i++) sortSlices(start[i], start[i + 1], instance, frame, columns);

  const dataset = Uint32Array.from(order, (from) => found[from].dataset);
  return {
    count: found.length,
    slices,
    datasets: ids,
    dataset,
    keys: order.map((from) => found[from].key),
    facts: order.map((_, i) => headers[header[start[i]]]),
    number: numbered(dataset),
    start,
    shard,
    row,
    header,
    headers,
    places: placesOf(indexes, shard, row),
  };
}

export function sliceRef({ shard, row }: SeriesList, slice: number): SliceRef {
  return { shard: shard[slice], row: row[slice] };
}

/** The slice in the middle of a series. */
export function middleSlice({ start }: SeriesList, series: number): number {
  return start[series] + ((start[series + 1] - start[series]) >> 1);
}

/** The number of a stored slice; NOT_LISTED if it is none of the list. */
export function placeOf({ places }: SeriesList, { shard, row }: SliceRef): number {
  return places.get(shard)?.[row] ?? NOT_LISTED;
}

/** The series of a slice. */
export function seriesAt({ start, count }: SeriesList, slice: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (start[middle] <= slice) low = middle;
    else high = middle - 1;
  }
  return low;
}

type Found = { dataset: number; key: string };

/** Numbers series in stored order; `seriesOf` has a series for each row of each shard, or −1. */
function findSeries(indexes: readonly ShardIndex[]) {
  const ids: string[] = [];
  const idAt = new Map<string, number>();
  const found: Found[] = [];
  const known = new Map<string, number>();
  const seriesOf = indexes.map((index) => {
    const own = index.datasets.map((id) => {
      const at = idAt.get(id) ?? ids.push(id) - 1;
      idAt.set(id, at);
      return at;
    });
    const keys = index.series.map(seriesKey);
    // A table of (dataset, facts) pairs: a text is made for each pair, not for each slice.
    const seen = new Int32Array(own.length * keys.length).fill(-1);
    const of = new Int32Array(index.count).fill(-1);
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row] && index.removed[row] !== DAMAGED) continue;
      const pair = index.dataset[row] * keys.length + index.seriesOf[row];
      if (seen[pair] < 0) {
        const dataset = own[index.dataset[row]];
        const key = keys[index.seriesOf[row]];
        const name = `${dataset}\n${key}`;
        const series = known.get(name) ?? found.push({ dataset, key }) - 1;
        known.set(name, series);
        seen[pair] = series;
      }
      of[row] = seen[pair];
    }
    return of;
  });
  return { ids, found, seriesOf };
}

/** By instance number and frame; equal ones stay in stored order. */
function sortSlices(
  from: number,
  to: number,
  instance: Int32Array,
  frame: Uint32Array,
  columns: readonly (Uint32Array | Uint16Array)[],
): void {
  const later = (a: number, b: number) => instance[a] - instance[b] || frame[a] - frame[b];
  let sorted = true;
  for (let slice = from + 1; sorted && slice < to; slice++) sorted = later(slice - 1, slice) <= 0;
  if (sorted) return;
  const order = Array.from({ length: to - from }, (_, i) => from + i).sort((a, b) => later(a, b) || a - b);
  for (const column of columns) {
    const moved = order.map((slice) => column[slice]);
    for (let i = 0; i < moved.length; i++) column[from + i] = moved[i];
  }
}

function numbered(dataset: Uint32Array): Uint32Array {
  let last = -1;
  let number = 0;
  return dataset.map((at) => {
    number = at === last ? number + 1 : 1;
    last = at;
    return number;
  });
}

function placesOf(indexes: readonly ShardIndex[], shard: Uint32Array, row: Uint16Array) {
  const places = new Map(
    indexes.map((index) => [index.shard, new Int32Array(index.count).fill(NOT_LISTED)] as const),
  );
  for (let slice = 0; slice < shard.length; slice++) places.get(shard[slice])![row[slice]] = slice;
  return places;
}
