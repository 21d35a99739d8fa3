/** The requests of this page, all to the app's own server: whether it answers, its headers, and the starter's file. */
import type { ErrorRecord } from '../core/errors.ts';

/** Time limit: a server on this machine answers at once or never. */
const LIMIT_MS = 3000;

/** null: the server has none. */
export async function starterBytes(): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch('./starter/starter.safetensors');
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

/** Set by the build: scripts/headers.js. */
declare const __HEADERS__: Record<string, string>;

/** Whether a copy in this browser answers this page, so that no server is needed. */
function fromCopy(): boolean {
  return Boolean(globalThis.navigator?.serviceWorker?.controller);
}

/** Requests only the headers of the page itself, unless a copy answers. */
export async function serverAnswers(): Promise<boolean> {
  if (fromCopy()) return true;
  try {
    await page();
    return true;
  } catch {
    return false;
  }
}

function page(): Promise<Response> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  return fetch('./', { method: 'HEAD', cache: 'no-store', signal });
}

/** Names of the app's headers that its server does not send; none where a copy answers: it has them all. */
export async function lackingHeaders(): Promise<string[]> {
  if (fromCopy()) return [];
  try {
    const { headers } = await page();
    return Object.keys(__HEADERS__).filter((name) => !headers.has(name));
  } catch {
    return [];
  }
}

export function serverGone(): ErrorRecord {
  return {
    code: 'server-gone',
    message: 'The local server of this app is not running.',
    outcome: 'Nothing stored is lost.',
    next: 'Start it again with npm start, then try again here; the page need not be reloaded.',
  };
}
