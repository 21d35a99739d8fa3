/** The starter that a build finds: the header of its weights file, which the program holds; the file itself is fetched. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Below the folder of static files, so that it is served beside the page and is in no bundle. */
export const STARTER_FILE = fileURLToPath(
  new URL('../../public/starter/starter.safetensors', import.meta.url),
);
/** Of the file: it is fetched at its first use. */
export const STARTER_BYTES = 12e6;

/**
 * null without a file.
 * @returns {{ bytes: number, metadata: Record<string, string> } | null}
 */
export function builtStarter(file = STARTER_FILE) {
  if (!existsSync(file)) return null;
  const open = openSync(file, 'r');
  try {
    const length = Buffer.alloc(8);
    readSync(open, length, 0, 8, 0);
    const header = Buffer.alloc(Number(length.readBigUInt64LE()));
    readSync(open, header, 0, header.length, 8);
    const bytes = fstatSync(open).size;
    if (bytes > STARTER_BYTES)
      throw new Error(`The starter has ${bytes} bytes, more than the ${STARTER_BYTES} it may have.`);
    return { bytes, metadata: JSON.parse(header.toString('utf8')).__metadata__ };
  } finally {
    closeSync(open);
  }
}
