/** Opens the database for one job. */
import { openStore } from '../../src/storage/db.ts';
import type { Fence, Store } from '../../src/storage/port.ts';

/**
 * Closed afterwards, so that an idle worker does not block "delete everything".
 * @param fence the page's right to write, or null for a job that only reads
 */
export async function withStore<T>(fence: Fence | null, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ fence });
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
