/** A share of the training data: drawn by whole series or whole datasets, the smaller share within the larger. */
import { hash32, random } from '../random.ts';
import { seriesKey } from '../series.ts';
import type { ShardIndex } from './shard.ts';

export const SHARE_UNITS = ['series', 'datasets'] as const;
export type ShareUnit = (typeof SHARE_UNITS)[number];

/** `part` of the whole, above 0, below 1. With the same seed a smaller part lies within a larger one. */
export type Share = { by: ShareUnit; part: number; seed: number };

/** In maps of rows that a split leaves out: not drawn, rather than of another split. */
export const UNDRAWN = 2;

const STREAM = 0x73686172;

/**
 * The rows that a split leaves out, with those that are not drawn. In each class so many of its series or datasets are drawn, at
 * least one; which ones depends on the seed and on the order in which they are stored.
 * @param datasets of the split
 * @param out rows that it leaves out already
 */
export function withShare(
  indexes: readonly ShardIndex[],
  datasets: ReadonlySet<string>,
  out: ReadonlyMap<number, Uint8Array>,
  classes: number,
  { by, part, seed }: Share,
): Map<number, Uint8Array> {
  const unitOf = (index: ShardIndex, row: number) =>
    by === 'datasets' ? index.datasets[index.dataset[row]] : seriesKey(index.series[index.seriesOf[row]]);
  const isUsed = (index: ShardIndex, row: number) =>
    !index.removed[row] &&
    index.label[row] < classes &&
    !out.get(index.shard)?.[row] &&
    datasets.has(index.datasets[index.dataset[row]]);
  /** Slices by class, in the order in which units are stored. */
  const units = new Map<string, number[]>();
  for (const index of indexes) {
    for (let row = 0; row < index.count; row++) {
      if (!isUsed(index, row)) continue;
      const unit = unitOf(index, row);
      const counts = units.get(unit) ?? new Array<number>(classes).fill(0);
      units.set(unit, counts);
      counts[index.label[row]]++;
    }
  }
  const drawn = new Set<string>();
  for (let label = 0; label < classes; label++) {
    const own = [...units].filter(([, counts]) => largest(counts) === label).map(([unit]) => unit);
    const order = random(hash32(seed, STREAM, label)).shuffle(Uint32Array.from(own.keys()));
    const kept = own.length === 0 ? 0 : Math.max(1, Math.round(part * own.length));
    for (const at of order.subarray(0, kept)) drawn.add(own[at]);
  }
  const found = new Map(out);
  for (const index of indexes) {
    const rows = out.get(index.shard)?.slice() ?? new Uint8Array(index.count);
    for (let row = 0; row < index.count; row++)
      if (isUsed(index, row) && !drawn.has(unitOf(index, row))) rows[row] = UNDRAWN;
    found.set(index.shard, rows);
  }
  return found;
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
