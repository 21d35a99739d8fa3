/** The starter’s file, fetched from the app’s own server when it is first needed. */
import { LabError } from '../core/errors.ts';
import { serverGone, starterBytes } from './server.ts';

export type Starter = {
  /** @throws LabError `server-gone` if the server does not answer, `starter-missing` if it has none */
  file(): Promise<Uint8Array<ArrayBuffer>>;
};

/** @param fetched what gets the file; kept once it came */
export function createStarter(
  fetched: () => Promise<Uint8Array<ArrayBuffer> | null> = starterBytes,
): Starter {
  let known: Promise<Uint8Array<ArrayBuffer>> | null = null;
  const get = async () => {
    const file = await fetched().catch(() => {
      throw gone();
    });
    if (!file) throw missing();
    return file;
  };
  return {
    file: () => {
      known ??= get().catch((error: unknown) => {
        // The next attempt asks again.
        known = null;
        throw error;
      });
      return known;
    },
  };
}

function gone(): LabError {
  const { code, message, outcome, next } = serverGone();
  return new LabError(code, message, outcome, next);
}

function missing(): LabError {
  return new LabError(
    'starter-missing',
    'The starter could not be fetched from the local server of this app.',
    'Nothing was changed.',
    'Start the app again with npm start, then try again here, or choose another model.',
  );
}
