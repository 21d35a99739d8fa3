/** Columns as sealed up to version 9 of the database, for its migrations: a shard then had one label and one source. */
import type { Columns } from '../core/columns.ts';
import type { LabelColumns } from '../core/labels/apply.ts';
import { sortedEntries, sumOf } from './columns.ts';

/** Facts of a series are sealed under any name. */
export type Sealed9 = Omit<Columns, 'excluded'> &
  LabelColumns & {
    shard: number;
    project: string;
    count: number;
    crc32: number;
    datasets: string[];
    series: object[];
    dirty?: string;
    seal?: number;
  };

const NAMES = [
  'dataset',
  'seriesOf',
  'label',
  'source',
  'removed',
  'frame',
  'instanceNumber',
  'key',
] as const satisfies (keyof Sealed9)[];

export function sealOf9(index: Omit<Sealed9, 'shard' | 'seal' | 'dirty'>): number {
  const { project, count, crc32, datasets, series } = index;
  const text = JSON.stringify([project, count, crc32, datasets, series.map(sortedEntries)]);
  return sumOf(
    text,
    NAMES.map((name) => index[name]),
  );
}

/** Whether the columns are not as they were sealed; those older than seals have none to check. */
export function isBroken9(index: Sealed9): boolean {
  return index.seal !== undefined && sealOf9(index) !== index.seal;
}

/** For migrations of the record's shape: sealed columns get a new seal, unless the old one was broken. */
export function resealed9<After extends Sealed9>(before: Sealed9, after: After): After {
  return before.seal === undefined || isBroken9(before) ? after : { ...after, seal: sealOf9(after) };
}
