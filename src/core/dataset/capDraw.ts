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
import { KEY_BYTES } from '../types.ts';
import { capsOf } from './caps.ts';
import type { DatasetRecord } from './record.ts';
import { DAMAGED, type ShardIndex } from './shard.ts';

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
type Capped = {
  numbers: Map<string, number>;
  patients: string[];
  /** Two sums of its slices' checksums, by series: what a series is known by. */
  sums: [a: number, b: number][];
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
      for (const left of leftOut(bucket, dataset, used)) {
        const { shard: number, count } = used[bucket.shard[left]];
        const rows = aside.get(number) ?? new Uint8Array(count);
        rows[bucket.row[left]] = 1;
        aside.set(number, rows);
      }
      yield;
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
      capped.set(id, { numbers: new Map(), patients: [], sums: [], buckets });
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
  const { datasets, dataset, series, seriesOf, sums, count } = stored;
  const of = datasets.map((id) => capped.get(id));
  const numbers = new Int32Array(datasets.length * series.length).fill(-1);
  const keys = new DataView(stored.key.buffer, stored.key.byteOffset, stored.key.byteLength);
  for (let row = 0; row < count; row++) {
    const own = of[dataset[row]];
    if (!own || (stored.removed[row] !== 0 && stored.removed[row] !== DAMAGED)) continue;
    const entry = dataset[row] * series.length + seriesOf[row];
    if (numbers[entry] < 0) numbers[entry] = numberOf(own, series[seriesOf[row]]);
    // Shards of early versions have no checksums of slices.
    const sum = sums ? sums[row] : keys.getUint32(row * KEY_BYTES);
    const known = own.sums[numbers[entry]];
    known[0] = (known[0] + hash32(sum, 0, 0)) >>> 0;
    known[1] = (known[1] + hash32(sum, 1, 0)) >>> 0;
    const bucket = removed[row] ? null : own.buckets[label[row]];
    if (!bucket) continue;
    bucket.shard[bucket.size] = shard;
    bucket.row[bucket.size] = row;
    bucket.series[bucket.size] = numbers[entry];
    bucket.size++;
  }
}

function numberOf({ numbers, patients, sums }: Capped, facts: ShardIndex['series'][number]): number {
  const key = seriesKey(facts);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, sums.length);
  patients.push(facts.patient);
  return sums.push([0, 0]) - 1;
}

/** Indices into the bucket. */
function* leftOut(bucket: Bucket, dataset: Capped, used: readonly ShardIndex[]): Generator<number> {
  const { start, members } = bySeries(bucket, dataset.sums.length);
  const sizeOf = (series: number) => start[series + 1] - start[series];
  const order = inTurns(bucket.seed, dataset, (series) => sizeOf(series) > 0);
  const quotas = quotasOf(Array.from(order, sizeOf), bucket.cap);
  for (let at = 0; at < order.length; at++) {
    const series = order[at];
    const [size, quota] = [sizeOf(series), quotas[at]];
    if (quota === size) continue;
    const own = members.subarray(start[series], start[series + 1]);
    sortSlices(own, bucket, used);
    const [a, b] = dataset.sums[series];
    const offset = hash32(bucket.seed, b, a) / 4294967296;
    let taken = 0;
    for (let i = 0; i < size; i++) {
      // Places are more than one apart, so that none is taken twice.
      if (taken < quota && i === Math.floor(((taken + offset) * size) / quota)) taken++;
      else yield own[i];
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

/** Series by chance, but the first of every patient before the second of any. */
function inTurns(seed: number, { sums, patients }: Capped, isIn: (series: number) => boolean): Uint32Array {
  const chance = Uint32Array.from(sums, ([a, b]) => hash32(seed, a, b));
  const order = Uint32Array.from(sums.keys()).filter(isIn);
  // Equal sums are of equal pictures: which comes first makes no difference.
  order.sort((a, b) => chance[a] - chance[b] || sums[a][0] - sums[b][0] || sums[a][1] - sums[b][1] || a - b);
  const seen = new Map<string, number>();
  const turn = new Uint32Array(sums.length);
  for (const series of order) {
    const before = seen.get(patients[series]) ?? 0;
    turn[series] = before;
    seen.set(patients[series], before + 1);
  }
  const place = new Uint32Array(sums.length);
  order.forEach((series, at) => {
    place[series] = at;
  });
  return order.sort((a, b) => turn[a] - turn[b] || place[a] - place[b]);
}

/** Equal parts of `cap`: a series that has less gives all it has, and the first in order give what is left over. */
function quotasOf(sizes: readonly number[], cap: number): Uint32Array {
  const ascending = Uint32Array.from(sizes).sort();
  let [left, series] = [cap, ascending.length];
  for (const size of ascending) {
    if (size > Math.floor(left / series)) break;
    left -= size;
    series--;
  }
  const share = series > 0 ? Math.floor(left / series) : 0;
  let over = left - share * series;
  return Uint32Array.from(sizes, (size) => {
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
