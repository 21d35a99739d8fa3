/** Opens the database for one job. */
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';

/** Closed afterwards, so that an idle worker does not keep "delete everything" waiting. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore();
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
