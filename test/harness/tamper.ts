/** Changes what is stored as a failing disk, or a program that is none of ours, would. */
import { DATABASE } from '../../src/storage/schema.ts';

/** Changes a stored record behind the port's back. */
export async function tamper<T>(name: string, key: IDBValidKey, change: (record: T) => T): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(DATABASE);
    request.onsuccess = () => resolve(request.result);
  });
  const read = database.transaction(name).objectStore(name).get(key);
  await new Promise((resolve) => {
    read.onsuccess = resolve;
  });
  const transaction = database.transaction(name, 'readwrite');
  const records = transaction.objectStore(name);
  if (records.keyPath) records.put(change(read.result));
  else records.put(change(read.result), key);
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  database.close();
}

/** Flips one bit of the pixels of a shard, at the given byte of its blob. */
export async function flipPixel(shard: number, at: number): Promise<void> {
  const blob = await storedBlob(shard);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  bytes[at] ^= 1;
  await tamper<object>('pixels', shard, (record) => ({ ...record, blob: new Blob([bytes]) }));
}

function storedBlob(shard: number): Promise<Blob> {
  return new Promise((resolve) => {
    const opening = indexedDB.open(DATABASE);
    opening.onsuccess = () => {
      const asked = opening.result.transaction('pixels').objectStore('pixels').get(shard);
      asked.onsuccess = () => {
        opening.result.close();
        resolve(asked.result.blob);
      };
    };
  });
}
