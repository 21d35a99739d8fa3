/** What is shown of slices, read ahead and kept while there is room: the wanted ones first, and only while they are wanted. */
import type { SliceRef } from '../../core/types.ts';

export type ReadAhead<T, Ref = SliceRef> = {
  /** null: it can't be read; undefined: it is not read yet. */
  at(ref: Ref): T | null | undefined;
  /** Reads these, the first ones first. What was wanted before and is not yet read is given up. */
  want(refs: readonly Ref[]): void;
  /** @returns ends it */
  subscribe(changed: () => void): () => void;
  /** The stored slices have changed. */
  forget(): void;
};

/** Stored slices, 224×224; null: damaged. */
export type Pictures = ReadAhead<Uint8Array>;

/** Slices in one reading: few enough that the next wish is not kept waiting. */
const TOGETHER = 12;
/** 800 slices are 40 MB. */
const KEPT = 800;

export function createPictures(
  read: (refs: SliceRef[]) => Promise<(Uint8Array | null)[]>,
  { together = TOGETHER, kept = KEPT } = {},
): Pictures {
  return createReadAhead(read, { together, kept, keyOf });
}

export function createReadAhead<T, Ref>(
  read: (refs: Ref[]) => Promise<(T | null)[]>,
  { together, kept, keyOf }: { together: number; kept: number; keyOf: (ref: Ref) => string },
): ReadAhead<T, Ref> {
  /** In the order of their last use. */
  const held = new Map<string, T | null>();
  const listeners = new Set<() => void>();
  let wanted: readonly Ref[] = [];
  let busy = false;
  let version = 0;

  const tell = () => {
    for (const changed of listeners) changed();
  };
  const keep = (ref: Ref, value: T | null) => {
    held.set(keyOf(ref), value);
    for (const old of held.keys()) {
      if (held.size <= kept) break;
      held.delete(old);
    }
  };

  async function work(): Promise<void> {
    busy = true;
    for (;;) {
      const missing = wanted.filter((ref) => !held.has(keyOf(ref))).slice(0, together);
      if (missing.length === 0) break;
      const before = version;
      // A slice that can't be read looks like a damaged one; the store says why elsewhere.
      const found = await read(missing).catch(() => missing.map(() => null));
      if (version !== before) continue;
      missing.forEach((ref, i) => {
        keep(ref, found[i]);
      });
      tell();
    }
    busy = false;
  }

  return {
    at: (ref) => {
      const key = keyOf(ref);
      const value = held.get(key);
      if (value !== undefined) {
        held.delete(key);
        held.set(key, value);
      }
      return value;
    },
    want: (refs) => {
      wanted = refs.slice(0, kept);
      if (!busy) void work();
    },
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    forget: () => {
      version++;
      held.clear();
      tell();
    },
  };
}

export function keyOf({ shard, row }: SliceRef): string {
  return `${shard}:${row}`;
}
