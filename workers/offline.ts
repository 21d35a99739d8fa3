/** The service worker: a checked copy of the build in this browser, from which the app opens without its server. */
import { cacheNames, clientsClaim, setCacheNameDetails } from 'workbox-core';
import { addPlugins, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { crc32 } from '../src/core/bytes/crc32.ts';
import type { OfflineMessage } from '../src/core/offline.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };
/** Set by the build: scripts/headers.js. */
declare const __HEADERS__: Record<string, string>;

/** The files of the build with their hashes (scripts/vite/offline.js): the browser refuses one that has another. */
const files = self.__WB_MANIFEST;
const build = crc32(new TextEncoder().encode(JSON.stringify(files))).toString(16);

// A cache of its own for each build: an open tab of the one before goes on loading its parts.
const PREFIX = 'modality-lab';
setCacheNameDetails({ prefix: PREFIX, suffix: `${build} ${self.registration.scope}` });

addPlugins([
  {
    cacheWillUpdate: async ({ response }) =>
      response.status === 200 ? new Response(response.body, { headers: kept(response.headers) }) : null,
  },
]);
precacheAndRoute(files, { ignoreURLParametersMatching: [/./], cleanURLs: false });

// A part of another build: of the one before, which the server does not have any more, or of a newer one.
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && url.pathname.includes('/assets/'),
  // biome-ignore lint/style/noRestrictedGlobals: it passes on the page's own request.
  async ({ request }) => (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request),
);

clientsClaim();
self.addEventListener('message', (event) => {
  const message: OfflineMessage = event.data;
  if (message === 'activate') void self.skipWaiting();
  else event.waitUntil(forget());
});

/**
 * Isolation and policy hold on every answer, whatever the server sends. Without `Vary`, a request matches although its
 * headers differ from those of the installation.
 */
function kept(sent: Headers): Headers {
  const headers = new Headers(sent);
  headers.delete('Vary');
  for (const [name, value] of Object.entries(__HEADERS__)) headers.set(name, value);
  return headers;
}

/** Deletes the copies of earlier builds, unless a tab of theirs may be open. A build that is being installed is kept. */
async function forget(): Promise<void> {
  const names = await caches.keys();
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const { installing, waiting } = self.registration;
  if (tabs.length > 1 || installing || waiting) return;
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== cacheNames.precache);
  await Promise.all(old.map((name) => caches.delete(name)));
}
