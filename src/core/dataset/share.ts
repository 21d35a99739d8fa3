/** A share of the training data: drawn by whole series or whole datasets, the smaller share within the larger. */
import { hash32 } from '../random.ts';
import { seriesKey } from '../series.ts';
import { addChecksum, checksums, isHeld, type PixelSums } from './pixelSums.ts';
import type { ShardIndex } from './shard.ts';

export const SHARE_UNITS = ['series', 'datasets'] as const;
export type ShareUnit = (typeof SHARE_UNITS)[number];

/** `part` of the whole, above 0, below 1. With the same seed a smaller part lies within a larger one. */
export type Share = { by: ShareUnit; part: number; seed: number };

/** In maps of rows that a split leaves out: not drawn, rather than of another split. */
export const UNDRAWN = 2;

const STREAM = 0x73686172;

/** Series or datasets of a split. */
type Units = PixelSums & {
  /** Their slices in use, by class. */
  counts: number[][];
  /** By shard, the number of the unit of a row; −1 outside the split's datasets. */
  of: Map<number, (row: number) => number>;
};

/**
 * The rows that a split leaves out, with those that are not drawn. In each class so many of its series or datasets are drawn, at
 * least one; which ones depends on the seed and their pixels, neither on keys of a project nor on the order of what was dropped.
 * @param stored all slices, by which a series or dataset is known whatever is excluded
 * @param used the same without excluded ones
 * @param datasets of the split
 * @param out rows that it leaves out already
 */
export function withShare(
  stored: readonly ShardIndex[],
  used: readonly ShardIndex[],
  datasets: ReadonlySet<string>,
  out: ReadonlyMap<number, Uint8Array>,
  classes: number,
  { by, part, seed }: Share,
): Map<number, Uint8Array> {
  const isUsed = (index: ShardIndex, row: number) =>
    !index.removed[row] && index.label[row] < classes && !out.get(index.shard)?.[row];
  const units = unitsOf(stored, datasets, by, classes);
  for (const index of used) {
    const of = units.of.get(index.shard)!;
    for (let row = 0; row < index.count; row++)
      if (of(row) >= 0 && isUsed(index, row)) units.counts[of(row)][index.label[row]]++;
  }
  const drawn = new Uint8Array(units.counts.length);
  for (let label = 0; label < classes; label++) {
    const own = [...units.counts.keys()].filter((unit) => {
      const counts = units.counts[unit];
      return counts[label] > 0 && largest(counts) === label;
    });
    const kept = own.length === 0 ? 0 : Math.max(1, Math.round(part * own.length));
    for (const unit of byChance(own, units, hash32(seed, STREAM, label)).slice(0, kept)) drawn[unit] = 1;
  }
  const found = new Map(out);
  for (const index of used) {
    const of = units.of.get(index.shard)!;
    const rows = out.get(index.shard)?.slice() ?? new Uint8Array(index.count);
    for (let row = 0; row < index.count; row++)
      if (of(row) >= 0 && !drawn[of(row)] && isUsed(index, row)) rows[row] = UNDRAWN;
    found.set(index.shard, rows);
  }
  return found;
}

function unitsOf(
  stored: readonly ShardIndex[],
  datasets: ReadonlySet<string>,
  by: ShareUnit,
  classes: number,
): Units {
  const units: Units = { a: [], b: [], counts: [], of: new Map() };
  const numbers = new Map<string, number>();
  const numberOf = (name: string) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, units.counts.length);
    units.a.push(0);
    units.b.push(0);
    return units.counts.push(new Array<number>(classes).fill(0)) - 1;
  };
  for (const index of stored) {
    const isOf = index.datasets.map((id) => datasets.has(id));
    const entries = by === 'datasets' ? index.datasets : index.series.map(seriesKey);
    const column = by === 'datasets' ? index.dataset : index.seriesOf;
    const entryNumbers = entries.map(numberOf);
    const of = (row: number) => (isOf[index.dataset[row]] ? entryNumbers[column[row]] : -1);
    units.of.set(index.shard, of);
    const sumOf = checksums(index);
    for (let row = 0; row < index.count; row++)
      if (of(row) >= 0 && isHeld(index, row)) addChecksum(units, of(row), sumOf(row));
  }
  return units;
}

/** By a number that follows from their pixels. Equal sums are of equal pictures: which comes first makes no difference. */
function byChance(own: readonly number[], { a, b }: PixelSums, seed: number): number[] {
  const chance = new Map(own.map((unit) => [unit, hash32(seed, a[unit], b[unit])]));
  return own.toSorted(
    (one, other) => chance.get(one)! - chance.get(other)! || a[one] - a[other] || b[one] - b[other],
  );
}

/** "1/8 of the series in train"; null for all of them. */
export function shareWords(share: Share | undefined): string | null {
  return share ? `${partWords(share.part)} of the ${share.by} in train` : null;
}

/** "1/8", else in percent. */
export function partWords(part: number): string {
  const under = 1 / part;
  return Number.isInteger(under) ? `1/${under}` : `${Number((100 * part).toPrecision(3))} %`;
}

/** The first of equal ones. */
function largest(counts: readonly number[]): number {
  return counts.reduce((best, n, label) => (n > counts[best] ? label : best), 0);
}
