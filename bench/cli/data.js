/** The option for a folder of input files. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../scripts/args.js';

export const DATA = /** @type {const} */ ({ type: 'text', value: 'DIR', about: 'the folder' });

/** The folder's full path. @param {string} folder */
export function folderAt(folder, name = '--data') {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return resolve(folder);
  throw new UsageError(`${name}: there is no folder ${folder}.`);
}
