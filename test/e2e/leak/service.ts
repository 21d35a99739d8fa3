/**
 * The ingest service of a build that leaks the paths of files everywhere it can: the control of the privacy test, which
 * must find them. `vite.config.ts` beside it swaps it in for the real one.
 */
import type { IngestService } from '../../../src/core/ingest/contract.ts';
import { createIngestService as createRealService } from '../../../src/core/ingest/service.ts';

const NAME = 'modality-lab-leak';

export const createIngestService: typeof createRealService = (...parts) =>
  leaking(createRealService(...parts));

function leaking(service: IngestService): IngestService {
  return {
    ...service,
    feed: async (args) => {
      for (const { entries } of args.batches) for (const { path } of entries) await leak(path);
      return service.feed(args);
    },
  };
}

async function leak(path: string): Promise<void> {
  console.log(path);
  const cache = await caches.open(NAME);
  await cache.put(`/${NAME}/${encodeURIComponent(path)}`, new Response(path));
  const files = await navigator.storage.getDirectory();
  const file = await files.getFileHandle(NAME, { create: true });
  const access = await file.createSyncAccessHandle();
  access.write(new TextEncoder().encode(path), { at: access.getSize() });
  access.close();
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('paths', { autoIncrement: true });
    opening.onerror = reject;
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('paths', 'readwrite');
      transaction.objectStore('paths').add({ path });
      transaction.oncomplete = resolve;
      transaction.onerror = reject;
      opening.result.close();
    };
  });
}
