/** What a page's database holds of runs and their weights, read past the app. */
import type { Page } from '@playwright/test';

export type QueuedRow = {
  id: string;
  title: string | null;
  status: string;
  saved: boolean;
  /** Loss of train and of validate after each epoch. */
  losses: (number | null)[][];
  /** SHA-256 of the newest state's values; null before the first. */
  weights: string | null;
};

/** In the order in which they began, behind them those of the queue in its order. */
export function queuedRows(page: Page): Promise<QueuedRow[]> {
  return page.evaluate(async () => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await result(indexedDB.open('modality-lab'));
    const all = <T>(store: string, key: IDBValidKey): Promise<T | undefined> =>
      result(database.transaction(store).objectStore(store).get(key));
    const runs = await result(database.transaction('runs').objectStore('runs').getAll());
    const placeOf = (run: { createdMs: number; queue?: { place: number } }) =>
      run.queue ? Number.MAX_SAFE_INTEGER / 2 + run.queue.place : run.createdMs;
    const rows = [];
    for (const run of runs.sort((a, b) => placeOf(a) - placeOf(b))) {
      const slot = await all<number>('pointers', run.id);
      const state =
        slot === undefined ? undefined : await all<{ values: Blob }>('checkpoints', [run.id, slot]);
      const digest = state && (await crypto.subtle.digest('SHA-256', await state.values.arrayBuffer()));
      rows.push({
        id: run.id as string,
        title: run.title as string | null,
        status: run.status as string,
        saved: run.saved !== null,
        losses: run.history.map((epoch: { trainLoss: number; validateLoss: number | null }) => [
          epoch.trainLoss,
          epoch.validateLoss,
        ]),
        weights: digest
          ? Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
          : null,
      });
    }
    database.close();
    return rows;
  });
}
