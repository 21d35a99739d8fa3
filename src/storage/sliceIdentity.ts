/** Tells events that name slices by their places who these are, so that they hold for slices that are stored again. */
import type { LabelEdit, RowRange, SeriesRef, SlicesOfShard } from '../core/labels/event.ts';
import { rowsIn } from '../core/labels/ranges.ts';
import { seriesKey } from '../core/series.ts';
import { KEY_BYTES } from '../core/types.ts';
import { readColumns } from './columns.ts';
import type { Connection } from './connection.ts';
import type { StoredIndex, Transaction } from './schema.ts';

/** Slices of shards that cannot be read, and such whose pixels are deleted, are known by their places alone. */
export async function withIdentity(
  transaction: Transaction<'readwrite'>,
  project: string,
  edits: readonly LabelEdit[],
  { trusted }: Pick<Connection, 'trusted'>,
): Promise<LabelEdit[]> {
  const known = async (slices: SlicesOfShard): Promise<SlicesOfShard> => {
    const stored = await transaction.objectStore('shards').get(slices.shard);
    const index = stored?.project === project ? readColumns(stored, trusted) : null;
    return index ? { ...slices, who: identityOf(index, slices.rows) } : slices;
  };
  return Promise.all(
    edits.map(async ({ target, change }) => {
      if (target.kind !== 'slices') return { target, change };
      return { target: { ...target, slices: await Promise.all(target.slices.map(known)) }, change };
    }),
  );
}

function identityOf(index: StoredIndex, ranges: readonly RowRange[]) {
  const rows = rowsIn(ranges, index.count).filter((row) => index.removed[row] !== 2);
  const keys = new Uint8Array(rows.length * KEY_BYTES);
  const series = new Map<string, SeriesRef>();
  rows.forEach((row, i) => {
    keys.set(index.key.subarray(row * KEY_BYTES, (row + 1) * KEY_BYTES), i * KEY_BYTES);
    const ref = {
      dataset: index.datasets[index.dataset[row]],
      key: seriesKey(index.series[index.seriesOf[row]]),
    };
    series.set(`${ref.dataset}\n${ref.key}`, ref);
  });
  return { keys, series: [...series.values()] };
}
