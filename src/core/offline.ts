/** What a page tells the service worker that keeps the app in the browser (workers/offline.ts). */

/** `activate`: answer from the new version; `opened`: a page has opened, copies that no page needs may go. */
export type OfflineMessage = 'activate' | 'opened';
