/**
 * Draws the slices that caps leave of a dataset: equally many of each series, evenly spread within it, the series in a seeded
 * order that takes turns among patients. Neighbouring slices of a series are much alike, and so are series of one patient: so
 * many slices show most when they come from as many of both as there are. The first of a list would be the first patients.
 *
 * The order follows from checksums of pixels, not from keys of a project: the same slices and seed give the same draw in every
 * project, whatever was dropped before, after or beside them.
 */
import { hash32 } from '../random.ts';
import { seriesKey } from '../series.ts';
import { capsOf } from './caps.ts';
import { addChecksum, checksums, isHeld, type PixelSums } from './pixelSums.ts';
import type { DatasetRecord } from './record.ts';
import type { ShardIndex } from './shard.ts';

/** By shard number, 1 at the rows that a cap leaves out; shards without any are absent. */
export type Aside = ReadonlyMap<number, Uint8Array>;

/** Steps end after about so many slices. */
const STEP_SLICES = 65_536;

/** Slices of one class of a dataset, in the order that they are stored in. */
type Bucket = {
  cap: number;
  seed: number;
  size: number;
  shard: Uint32Array;
  row: Uint32Array;
  /** Index into the dataset's series. */
  series: Uint32Array;
};

/** A dataset with more slices of a class than its cap. */
type Capped = PixelSums & {
  /** Of its series, by their keys. */
  numbers: Map<string, number>;
  patients: string[];
  /** By class; null within its cap. */
  buckets: (Bucket | null)[];
};

/**
 * @param stored all slices, by which a series is known whatever is excluded or labelled otherwise
 * @param used the same without excluded ones, with labels that index `classes`
 */
export function* drawAside(
  stored: readonly ShardIndex[],
  used: readonly ShardIndex[],
  datasets: readonly Pick<DatasetRecord, 'id' | 'caps'>[],
  classes: readonly string[],
): Generator<undefined, Aside> {
  const capped = cappedDatasets(used, datasets, classes);
  const aside = new Map<number, Uint8Array>();
  if (capped.size === 0) return aside;
  let work = 0;
  for (let shard = 0; shard < used.length; shard++) {
    if (!used[shard].datasets.some((id) => capped.has(id))) continue;
    gather(stored[shard], used[shard], shard, capped);
    work += used[shard].count;
    if (work >= STEP_SLICES) {
      work = 0;
      yield;
    }
  }
  for (const dataset of capped.values()) {
    for (const bucket of dataset.buckets) {
      if (!bucket) continue;
      yield* leaveOut(bucket, dataset, used, (left) => {
        const { shard: number, count } = used[bucket.shard[left]];
        const rows = aside.get(number) ?? new Uint8Array(count);
        rows[bucket.row[left]] = 1;
        aside.set(number, rows);
      });
    }
  }
  return aside;
}

/** By id. */
function cappedDatasets(
  used: readonly ShardIndex[],
  records: readonly Pick<DatasetRecord, 'id' | 'caps'>[],
  classes: readonly string[],
): Map<string, Capped> {
  const withCaps = records.flatMap(({ id, caps }) => (caps ? [[id, caps] as const] : []));
  const counts = new Map(withCaps.map(([id]) => [id, new Uint32Array(classes.length)]));
  if (withCaps.length > 0) for (const index of used) countClasses(index, counts);
  const capped = new Map<string, Capped>();
  for (const [id, caps] of withCaps) {
    const own = counts.get(id)!;
    const buckets = capsOf(caps, classes).map((cap, label): Bucket | null => {
      const size = own[label];
      if (size <= cap) return null;
      const column = () => new Uint32Array(size);
      return { cap, seed: caps.seed, size: 0, shard: column(), row: column(), series: column() };
    });
    if (buckets.some((one) => one !== null))
      capped.set(id, { numbers: new Map(), patients: [], a: [], b: [], buckets });
  }
  return capped;
}

function countClasses(index: ShardIndex, counts: ReadonlyMap<string, Uint32Array>): void {
  const of = index.datasets.map((id) => counts.get(id));
  for (let row = 0; row < index.count; row++) {
    const own = of[index.dataset[row]];
    if (own && !index.removed[row] && index.label[row] < own.length) own[index.label[row]]++;
  }
}

/** Adds the slices of a shard to their series and buckets. */
function gather(
  stored: ShardIndex,
  { removed, label }: ShardIndex,
  shard: number,
  capped: ReadonlyMap<string, Capped>,
): void {
  const { datasets, dataset, series, seriesOf, count } = stored;
  const of = datasets.map((id) => capped.get(id));
  const numbers = new Int32Array(datasets.length * series.length).fill(-1);
  const sumOf = checksums(stored);
  for (let row = 0; row < count; row++) {
    const own = of[dataset[row]];
    if (!own || !isHeld(stored, row)) continue;
    const entry = dataset[row] * series.length + seriesOf[row];
    if (numbers[entry] < 0) numbers[entry] = numberOf(own, series[seriesOf[row]]);
    const number = numbers[entry];
    addChecksum(own, number, sumOf(row));
    const bucket = removed[row] ? null : own.buckets[label[row]];
    if (!bucket) continue;
    bucket.shard[bucket.size] = shard;
    bucket.row[bucket.size] = row;
    bucket.series[bucket.size] = number;
    bucket.size++;
  }
}

function numberOf({ numbers, patients, a, b }: Capped, facts: ShardIndex['series'][number]): number {
  const key = seriesKey(facts);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, patients.length);
  a.push(0);
  b.push(0);
  return patients.push(facts.patient) - 1;
}

/** Calls back with indices into the bucket. */
function* leaveOut(
  bucket: Bucket,
  dataset: Capped,
  used: readonly ShardIndex[],
  leave: (at: number) => void,
): Generator<undefined, void> {
  const { start, members } = bySeries(bucket, dataset.patients.length);
  yield;
  const order = inTurns(bucket.seed, dataset, start);
  const quotas = quotasOf(
    order.map((series) => start[series + 1] - start[series]),
    bucket.cap,
  );
  yield;
  let work = 0;
  for (let at = 0; at < order.length; at++) {
    const series = order[at];
    const own = members.subarray(start[series], start[series + 1]);
    const [size, quota] = [own.length, quotas[at]];
    if (quota === size) continue;
    sortSlices(own, bucket, used);
    const offset = hash32(bucket.seed, dataset.b[series], dataset.a[series]) / 4294967296;
    let taken = 0;
    for (let i = 0; i < size; i++) {
      // Places are more than one apart, so that none is taken twice.
      if (taken < quota && i === Math.floor(((taken + offset) * size) / quota)) taken++;
      else leave(own[i]);
    }
    work += size;
    if (work >= STEP_SLICES) {
      work = 0;
      yield;
    }
  }
}

/** Indices into the bucket, series by series. */
function bySeries({ series, size }: Bucket, count: number): { start: Uint32Array; members: Uint32Array } {
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < size; i++) start[series[i] + 1]++;
  for (let at = 0; at < count; at++) start[at + 1] += start[at];
  const next = start.slice();
  const members = new Uint32Array(size);
  for (let i = 0; i < size; i++) members[next[series[i]]++] = i;
  return { start, members };
}

/** Series that have slices, by chance, but the first of every patient before the second of any. */
function inTurns(seed: number, { a, b, patients }: Capped, start: Uint32Array): Uint32Array {
  const chance = new Uint32Array(patients.length);
  for (let series = 0; series < patients.length; series++)
    chance[series] = hash32(seed, a[series], b[series]);
  const all = chance.map((_, series) => series).filter((series) => start[series + 1] > start[series]);
  // Equal sums are of equal pictures: which comes first makes no difference.
  const order = sortedBy(sortedBy(sortedBy(all, Uint32Array.from(b)), Uint32Array.from(a)), chance);
  const seen = new Map<string, number>();
  const turn = new Uint32Array(patients.length);
  for (const series of order) {
    const before = seen.get(patients[series]) ?? 0;
    turn[series] = before;
    seen.set(patients[series], before + 1);
  }
  return sortedBy(order, turn);
}

/** Stable, in linear time: a pass for each byte of the keys, which are those of items. */
function sortedBy(items: Uint32Array, keys: Uint32Array): Uint32Array {
  let from = items;
  for (const shift of [0, 8, 16, 24]) {
    const next = new Uint32Array(257);
    for (let i = 0; i < from.length; i++) next[((keys[from[i]] >>> shift) & 0xff) + 1]++;
    for (let at = 1; at < next.length; at++) next[at] += next[at - 1];
    const to = new Uint32Array(from.length);
    for (let i = 0; i < from.length; i++) to[next[(keys[from[i]] >>> shift) & 0xff]++] = from[i];
    from = to;
  }
  return from;
}

/** Equal parts of `cap`: a series that has less gives all it has, and the first in order give what is left over. */
function quotasOf(sizes: Uint32Array, cap: number): Uint32Array {
  const ascending = sizes.slice().sort();
  let [left, series] = [cap, ascending.length];
  for (const size of ascending) {
    if (size > Math.floor(left / series)) break;
    left -= size;
    series--;
  }
  const share = series > 0 ? Math.floor(left / series) : 0;
  let over = left - share * series;
  return sizes.map((size) => {
    if (size <= share) return size;
    return over-- > 0 ? share + 1 : share;
  });
}

/** In the order of a series: instance number, frame. */
function sortSlices(own: Uint32Array, { shard, row }: Bucket, used: readonly ShardIndex[]): void {
  const compare = (i: number, j: number) => {
    const [one, other] = [used[shard[i]], used[shard[j]]];
    const [a, b] = [row[i], row[j]];
    return (
      one.instanceNumber[a] - other.instanceNumber[b] ||
      one.frame[a] - other.frame[b] ||
      (one.sums?.[a] ?? 0) - (other.sums?.[b] ?? 0) ||
      i - j
    );
  };
  // Most series were dropped in their order.
  for (let i = 1; i < own.length; i++) if (compare(own[i - 1], own[i]) > 0) return void own.sort(compare);
}
