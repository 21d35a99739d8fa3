/** Opens a frozen database of an earlier version (test/storage/fixtures) in fake-indexeddb. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import { DATABASE } from '../../src/storage/schema.ts';

type Index = { name: string; keyPath: string; unique: boolean; multiEntry: boolean };
type FrozenStore = {
  name: string;
  keyPath: string | null;
  autoIncrement: boolean;
  indexes: Index[];
  records: [key: IDBValidKey, value: unknown][];
};
export type FrozenDatabase = { version: number; stores: FrozenStore[] };
type Packed = { $: string; gzip?: string; base64?: string; value?: string };

const ARRAYS = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
};

export function frozenPath(version: number): URL {
  return new URL(`../storage/fixtures/version-${version}.json`, import.meta.url);
}

/** A new, empty IndexedDB that holds this one database, closed. */
export async function openFrozen(version: number): Promise<void> {
  const frozen = JSON.parse(readFileSync(frozenPath(version), 'utf8')) as FrozenDatabase;
  globalThis.indexedDB = new IDBFactory();
  const database = await opened(frozen);
  for (const { name, keyPath, records } of frozen.stores) {
    const values = await Promise.all(records.map(([, value]) => decoded(value)));
    const transaction = database.transaction(name, 'readwrite');
    const store = transaction.objectStore(name);
    records.forEach(([key], i) => {
      if (keyPath === null) store.put(values[i], key);
      else store.put(values[i]);
    });
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
  database.close();
}

function opened({ version, stores }: FrozenDatabase): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, version);
    opening.onupgradeneeded = () => {
      for (const { name, keyPath, autoIncrement, indexes } of stores) {
        const store = opening.result.createObjectStore(name, { keyPath, autoIncrement });
        for (const { name, keyPath, ...options } of indexes) store.createIndex(name, keyPath, options);
      }
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function decoded(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Promise.all(value.map(decoded));
  if ('$' in value) return unpacked(value as Packed);
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await decoded(inner)]);
  return Object.fromEntries(await Promise.all(entries));
}

async function unpacked(packed: Packed): Promise<unknown> {
  const kind = packed.$;
  if (kind === 'undefined') return undefined;
  if (kind === 'number') return Number(packed.value);
  const raw = Buffer.from(packed.gzip ?? packed.base64!, 'base64');
  // A copy, so that it begins where its buffer does.
  const bytes = Uint8Array.from(packed.gzip === undefined ? raw : gunzipSync(raw));
  if (kind === 'Blob') return new Blob([bytes]);
  if (kind === 'CryptoKey')
    return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new ARRAYS[kind as keyof typeof ARRAYS](bytes.buffer);
}
