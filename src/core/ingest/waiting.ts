/** Holds slices of folders that may have been read before, until this is decided. */
import type { DatasetFolder } from '../files/datasetFolder.ts';
import type { SliceBatch } from '../files/sliceBatch.ts';
import type { Catalog } from './catalog.ts';

/** Maximum waiting slices, of one folder and of all: 13 and 51 MB. */
const MOST_OF_FOLDER = 256;
const MOST = 1024;

export type Waiting<T> = {
  /** Returns the items that need not wait longer, in order of arrival. */
  add(slices: SliceBatch, folder: DatasetFolder, what: T): Promise<T[]>;
  /** The drop is over: slices still waiting belong to new datasets. */
  rest(): Promise<T[]>;
};

export function createWaiting<T>(catalog: Pick<Catalog, 'idOf'>): Waiting<T> {
  type Held = { slices: number; folder: DatasetFolder; first: SliceBatch; items: T[] };
  const waiting = new Map<string, Held>();
  let total = 0;

  const release = ({ folder: { path }, slices, items }: Held): T[] => {
    waiting.delete(path);
    total -= slices;
    return items;
  };
  const decide = async (held: Held) => {
    await catalog.idOf(held.folder, held.first.series!, true);
    return release(held);
  };

  return {
    add: async (slices, folder, what) => {
      const id = await catalog.idOf(folder, slices.series!);
      const held = waiting.get(folder.path);
      if (id !== null) return [...(held ? release(held) : []), what];
      const now = held ?? { slices: 0, folder, first: slices, items: [] };
      waiting.set(folder.path, now);
      now.items.push(what);
      now.slices += slices.count;
      total += slices.count;
      if (now.slices > MOST_OF_FOLDER) return decide(now);
      const [oldest] = waiting.values();
      return total > MOST ? decide(oldest) : [];
    },
    rest: async () => {
      const all: T[] = [];
      for (const held of [...waiting.values()]) all.push(...(await decide(held)));
      return all;
    },
  };
}
