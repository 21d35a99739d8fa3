/** Shards: a blob of slices, and the columns that describe them. */
import { DAMAGED } from '../core/dataset/shard.ts';
import { SLICE_BYTES, type SliceRef } from '../core/types.ts';
import { addColumns, putColumns, readColumns, withLabels } from './columns.ts';
import type { Connection } from './connection.ts';
import { withoutCaps } from './datasets.ts';
import { shardDamaged, shardMissing } from './failure.ts';
import { madeLabels } from './labelCache.ts';
import { readEvents } from './labelEvents.ts';
import { readSets } from './labels.ts';
import { type Examined, examine, NO_PIXELS, readChecked, readRow, type Stored, sliceAt } from './pixels.ts';
import type { HealedSlice, Store } from './port.ts';
import type { Name } from './schema.ts';

/** From this number of slices on, reading a whole shard is faster than reading single slices. */
const READ_WHOLE = 32;
/** Stands for the number of a shard that has none yet: no event means single slices of it. */
const UNNUMBERED = -1;
/** Attempts to heal a shard that changes in the meantime. */
const ATTEMPTS = 3;

type ShardStore = Pick<Store, 'commitShard' | 'shardPixels' | 'slicePixels' | 'damagedRows' | 'healShard'>;

export function shardStore({ read, write, claim, trusted, knownEvents }: Connection): ShardStore {
  /** The existing shards with readable columns. */
  const load = (numbers: number[]) =>
    read(['shards', 'pixels'], async (transaction) => {
      const found = new Map<number, Stored>();
      await Promise.all(
        numbers.map(async (shard) => {
          const [stored, pixels] = await Promise.all([
            transaction.objectStore('shards').get(shard),
            transaction.objectStore('pixels').get(shard),
          ]);
          const index = stored && readColumns(stored, trusted);
          if (index) found.set(shard, { index, pixels: pixels ?? NO_PIXELS });
        }),
      );
      return found;
    });

  const loadOne = async (shard: number) => (await load([shard])).get(shard);

  /** Marks rows damaged: they are unused until healed. A tab that may not write leaves them unmarked. */
  const mark = (shard: number, rows: readonly number[]) =>
    write(['shards'], async (transaction) => {
      const stored = await transaction.objectStore('shards').get(shard);
      const index = stored && readColumns(stored, trusted);
      if (!index) return;
      claim(index.project);
      const fresh = rows.filter((row) => !index.removed[row]);
      for (const row of fresh) index.removed[row] = DAMAGED;
      if (fresh.length > 0) await putColumns(transaction, index);
    }).catch(() => undefined);

  /** A shard's bytes; newly damaged rows are marked. */
  async function look(stored: Stored): Promise<Examined & { fresh: number[] }> {
    const examined = await examine(stored);
    const fresh = examined.damaged.filter((row) => !stored.index.removed[row]);
    if (fresh.length > 0) await mark(stored.index.shard, fresh);
    return { ...examined, fresh };
  }

  async function rowsOf(stored: Stored, rows: number[]): Promise<(Uint8Array | null)[]> {
    const { index, pixels } = stored;
    if (rows.length >= READ_WHOLE || !pixels.sums) {
      const examined = await look(stored);
      const damaged = new Set(examined.damaged);
      const all = expand(examined, index.count);
      return rows.map((row) => (damaged.has(row) ? null : sliceAt(all, row).slice()));
    }
    const isGone = (row: number) => row >= index.count || index.removed[row] === 2;
    const slices = await Promise.all(rows.map((row) => (isGone(row) ? emptySlice() : readRow(stored, row))));
    const fresh = rows.filter((row, i) => slices[i] === null && !index.removed[row]);
    if (fresh.length > 0) await mark(index.shard, fresh);
    return slices;
  }

  /**
   * Reads those of a few slices whose own checksums hold. The columns of their shards, with hundreds of headers, are only
   * needed to say what the others are.
   */
  async function readSound(
    refs: readonly SliceRef[],
    wanted: ReadonlyMap<number, readonly number[]>,
    slices: (Uint8Array | null)[],
  ): Promise<void> {
    const few = [...wanted].filter(([, places]) => places.length < READ_WHOLE);
    const found = await read(['pixels'], (transaction) =>
      Promise.all(few.map(([shard]) => transaction.objectStore('pixels').get(shard))),
    );
    await Promise.all(
      few.flatMap(([, places], i) =>
        places.map(async (place) => {
          const pixels = found[i];
          if (pixels) slices[place] = await readChecked(pixels, refs[place].row);
        }),
      ),
    );
  }

  return {
    commitShard: async ({ pixels, sums, ...index }, datasets) => {
      const blob = new Blob(pixels as Uint8Array<ArrayBuffer>[]);
      if (blob.size !== index.count * SLICE_BYTES) throw new Error('A shard’s pixels don’t fit its rows.');
      const stores: Name[] = [
        'shards',
        'pixels',
        'datasets',
        'sizes',
        'projects',
        'labelSets',
        'labelEvents',
      ];
      return write(stores, async (transaction) => {
        claim(index.project);
        const records = transaction.objectStore('datasets');
        for (const record of datasets) {
          if ((await records.getKey(record.id)) === undefined) await records.add(withoutCaps(record));
        }
        const sets = await readSets(transaction, index.project);
        const { edits } = await readEvents(transaction, index.project, knownEvents);
        const stored = { ...index, ...madeLabels({ ...index, shard: UNNUMBERED }, sets, edits) };
        const shard = await addColumns(transaction, stored);
        await transaction.objectStore('pixels').put({ blob, rows: null, sums }, shard);
        await transaction.objectStore('sizes').put(blob.size, ['shard', shard]);
        const chosen = (await transaction.objectStore('projects').get(index.project))?.labelSet;
        const set = sets.find(({ id }) => id === chosen) ?? sets[0];
        return withLabels({ ...stored, shard }, set.id);
      });
    },

    shardPixels: async (shard) => {
      const stored = await loadOne(shard);
      if (!stored) throw shardMissing();
      const examined = await look(stored);
      if (examined.fresh.length > 0) throw shardDamaged(examined.fresh.length);
      return expand(examined, stored.index.count);
    },

    slicePixels: async (refs) => {
      const slices: (Uint8Array | null)[] = new Array(refs.length).fill(null);
      const wanted = byShard(refs);
      await readSound(refs, wanted, slices);
      const left = [...wanted].flatMap(([shard, places]) => {
        const unread = places.filter((place) => slices[place] === null);
        return unread.length > 0 ? [[shard, unread] as const] : [];
      });
      if (left.length === 0) return slices;
      const stored = await load(left.map(([shard]) => shard));
      await Promise.all(
        left.map(async ([shard, places]) => {
          const found = stored.get(shard);
          const rows = places.map((place) => refs[place].row);
          const pixels = found ? await rowsOf(found, rows) : rows.map(emptySlice);
          places.forEach((place, i) => {
            slices[place] = pixels[i];
          });
        }),
      );
      return slices;
    },

    damagedRows: async (shard) => {
      const stored = await loadOne(shard);
      return stored ? (await look(stored)).damaged : [];
    },

    healShard: async (shard, slices) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const healed = await heal(shard, slices);
        if (healed !== null) return healed;
      }
      return 0;
    },
  };

  /** Replaces damaged pixels; null if the shard was changed meanwhile. */
  async function heal(shard: number, slices: readonly HealedSlice[]): Promise<number | null> {
    const stored = await loadOne(shard);
    if (!stored) return 0;
    const { rows, bytes, sums, damaged } = await examine(stored);
    const wanted = new Map(slices.map((slice) => [slice.row, slice]));
    const healed = damaged.filter((row) => wanted.has(row));
    if (healed.length === 0) return 0;
    // Rows without a place in the blob get one.
    const held = Uint16Array.from(new Set([...rows, ...healed])).sort();
    const next = new Uint8Array(held.length * SLICE_BYTES);
    const nextSums = new Uint32Array(held.length);
    held.forEach((row, at) => {
      const slice = healed.includes(row) ? wanted.get(row) : undefined;
      const old = rows.indexOf(row);
      next.set(slice?.pixels ?? sliceAt(bytes, old), at * SLICE_BYTES);
      nextSums[at] = slice?.sum ?? sums[old];
    });
    const stores: Name[] = ['shards', 'pixels', 'sizes'];
    return write(stores, async (transaction) => {
      const now = await transaction.objectStore('shards').get(shard);
      const index = now && readColumns(now, trusted);
      const changed = index?.removed.some((value, row) => {
        const before = stored.index.removed[row];
        return value !== before && !(healed.includes(row) && value === DAMAGED);
      });
      if (!index || changed) return index ? null : 0;
      claim(index.project);
      for (const row of healed) index.removed[row] = 0;
      await putColumns(transaction, index);
      const all = held.length === index.count;
      const pixels = { blob: new Blob([next]), rows: all ? null : held, sums: nextSums };
      await transaction.objectStore('pixels').put(pixels, shard);
      await transaction.objectStore('sizes').put(next.length, ['shard', shard]);
      return healed.length;
    });
  }
}

/** Places every row at its index; rows with missing or damaged pixels are black. */
function expand({ rows, bytes, damaged }: Examined, count: number): Uint8Array {
  const whole = rows.length === count;
  if (whole && damaged.length === 0) return bytes;
  const all = whole ? bytes : new Uint8Array(count * SLICE_BYTES);
  if (!whole) {
    rows.forEach((row, at) => {
      all.set(sliceAt(bytes, at), row * SLICE_BYTES);
    });
  }
  for (const row of damaged) sliceAt(all, row).fill(0);
  return all;
}

function emptySlice(): Uint8Array {
  return new Uint8Array(SLICE_BYTES);
}

/** Indices into `refs` by shard. */
function byShard(refs: readonly SliceRef[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  refs.forEach(({ shard }, place) => {
    const list = places.get(shard);
    if (list) list.push(place);
    else places.set(shard, [place]);
  });
  return places;
}
