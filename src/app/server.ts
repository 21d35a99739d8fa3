/** Checks whether the app's own server still answers, the only request of this page. */
import type { ErrorRecord } from '../core/errors.ts';

/** Time limit: a server on this machine answers at once or never. */
const LIMIT_MS = 3000;

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
