/** Findings of a device about the machine's graphics adapters; not part of any project. */
import type { Connection } from './connection.ts';
import type { Store } from './port.ts';

export function adapterStore({
  read,
  writeFreely,
}: Connection): Pick<Store, 'adapterFindings' | 'putAdapterFindings'> {
  return {
    adapterFindings: (adapter) =>
      read(
        ['adapters'],
        async (transaction) => (await transaction.objectStore('adapters').get(adapter)) ?? null,
      ),

    putAdapterFindings: (adapter, found) =>
      writeFreely(['adapters'], async (transaction) => {
        await transaction.objectStore('adapters').put(found, adapter);
      }),
  };
}
