/** The requests of this page, both to the app's own server: whether it still answers, and the starter's file. */
import type { ErrorRecord } from '../core/errors.ts';

/** Time limit: a server on this machine answers at once or never. */
const LIMIT_MS = 3000;

/** null: the server has none. */
export async function starterBytes(): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch('./starter/starter.safetensors');
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

/** Requests only the headers of the page itself. */
export async function serverAnswers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    await fetch('./', { method: 'HEAD', cache: 'no-store', signal });
    return true;
  } catch {
    return false;
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
