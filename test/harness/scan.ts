/** Looks for strings wherever a page could have left them: its storage, what it downloaded, and the profile's files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** "place: how many of the strings", for each place that holds some. */
export type Finds = string[];

export function findInText(place: string, text: string, strings: readonly string[]): Finds {
  const found = strings.filter((string) => text.includes(string));
  return found.length > 0 ? [`${place}: ${found.length}`] : [];
}

/** As UTF-8 (or Latin-1) and UTF-16. */
export function findInBytes(place: string, bytes: Buffer, strings: readonly string[]): Finds {
  const found = strings.filter(
    (string) => bytes.includes(string) || bytes.includes(Buffer.from(string, 'utf16le')),
  );
  return found.length > 0 ? [`${place}: ${found.length}`] : [];
}

/** Every file below a folder, names included. */
export function findOnDisk(folder: string, strings: readonly string[]): Finds {
  const finds: Finds = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const short = path.slice(folder.length + 1).replace(/[0-9a-f-]{20,}/g, '…');
    finds.push(...findInText(`the name of ${entry.isFile() ? 'a file' : 'a folder'}`, path, strings));
    if (entry.isFile()) finds.push(...findInBytes(short, readFileSync(path), strings));
  }
  return finds;
}

/** Databases, caches, local and session storage, the origin's private files, cookies, title and address. */
export function findInOrigin(page: Page, strings: readonly string[]): Promise<Finds> {
  return page.evaluate(async (wanted) => {
    const counts = new Map<string, Set<string>>();
    const note = (place: string, text: string) => {
      for (const string of wanted) {
        if (!text.includes(string)) continue;
        counts.set(place, (counts.get(place) ?? new Set()).add(string));
      }
    };
    const bytes = (place: string, buffer: ArrayBufferLike) => {
      // TextDecoder takes no shared memory; none is stored.
      note(place, new TextDecoder('latin1').decode(buffer as ArrayBuffer));
      note(place, new TextDecoder('utf-16le').decode(buffer as ArrayBuffer));
    };
    const walk = async (place: string, value: unknown): Promise<void> => {
      if (typeof value === 'string') note(place, value);
      else if (value instanceof Blob) bytes(place, await value.arrayBuffer());
      else if (value instanceof ArrayBuffer) bytes(place, value);
      else if (ArrayBuffer.isView(value))
        bytes(place, value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
      else if (value instanceof Map || value instanceof Set) await walk(place, [...value.entries()]);
      else if (value && typeof value === 'object')
        for (const [key, inner] of Object.entries(value)) {
          note(place, key);
          await walk(place, inner);
        }
    };
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });

    for (const { name } of await indexedDB.databases()) {
      note('databases', name ?? '');
      const database = await result(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const place = `database ${name}/${store}`;
        const [keys, values] = await Promise.all([
          result(database.transaction(store).objectStore(store).getAllKeys()),
          result(database.transaction(store).objectStore(store).getAll()),
        ]);
        await walk(place, keys);
        await walk(place, values);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      note('caches', name);
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        note('caches', decodeURIComponent(request.url));
        await walk('caches', await (await cache.match(request))?.blob());
      }
    }
    await walk('local storage', { ...localStorage });
    await walk('session storage', { ...sessionStorage });
    const files = async (directory: FileSystemDirectoryHandle): Promise<void> => {
      for await (const [name, handle] of directory as unknown as AsyncIterable<[string, FileSystemHandle]>) {
        note('private files', name);
        if (handle.kind === 'directory') await files(handle as FileSystemDirectoryHandle);
        else await walk('private files', await (handle as FileSystemFileHandle).getFile());
      }
    };
    await files(await navigator.storage.getDirectory());
    note('cookies', document.cookie);
    note('title', document.title);
    note('address', decodeURIComponent(location.href));
    return Array.from(counts, ([place, found]) => `${place}: ${found.size}`);
  }, strings);
}
