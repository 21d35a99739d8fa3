/** What a page's database holds of a project, read past the app. */
import type { Page } from '@playwright/test';

export type Stored = {
  count: number;
  /** Slices that no other slice's key repeats. */
  distinct: number;
  /** Of every slice's pixels, label and frame, in the order of the hashes: equal where the same slices are stored. */
  content: string;
  /** The same with the slices' keys, which depend on the project's. */
  keyed: string;
};

/** Of the project opened last; `project` names another. */
export function stored(page: Page, project: string | null = null): Promise<Stored> {
  return page.evaluate(async (named) => {
    const id = named ?? localStorage.getItem('modality-lab:project');
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const hex = async (bytes: BufferSource) =>
      Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
    const database = await result(indexedDB.open('modality-lab'));
    const all = await result(database.transaction('shards').objectStore('shards').getAll());
    const keys: string[] = [];
    const rows: { content: string; keyed: string }[] = [];
    for (const index of all.filter((shard) => shard.project === id)) {
      const record = await result(database.transaction('pixels').objectStore('pixels').get(index.shard));
      const pixels = new Uint8Array(await record.blob.arrayBuffer());
      const side = pixels.length / index.count;
      for (let row = 0; row < index.count; row++) {
        const key = index.key.subarray(row * 16, (row + 1) * 16).join();
        const hash = await hex(pixels.subarray(row * side, (row + 1) * side));
        const content = `${hash} ${index.labels.modality.label[row]} ${index.frame[row]}`;
        keys.push(key);
        rows.push({ content, keyed: `${content} ${key}` });
      }
    }
    database.close();
    const digest = (texts: string[]) => hex(new TextEncoder().encode(texts.sort().join('\n')));
    return {
      count: keys.length,
      distinct: new Set(keys).size,
      content: await digest(rows.map((row) => row.content)),
      keyed: await digest(rows.map((row) => row.keyed)),
    };
  }, project);
}

/** Slices committed so far: what any other tab would see. */
export function committed(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('modality-lab');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('shards').objectStore('shards').getAll();
          asked.onsuccess = () => resolve(asked.result.reduce((sum, { count }) => sum + count, 0));
          opening.result.close();
        };
      }),
  );
}

/** Everything stored, by store; the projects a fresh page makes are counted as well. */
export function rows(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const counts: Record<string, number> = {};
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('modality-lab');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of database.objectStoreNames) {
      counts[store] = await new Promise((resolve) => {
        const counting = database.transaction(store).objectStore(store).count();
        counting.onsuccess = () => resolve(counting.result);
      });
    }
    database.close();
    return counts;
  });
}
