/** Names of archives. The bytes decide whether a file is one, but files with such names are checked before decoding. */

const ENDING = /\.(zip|npz|tar|tgz|tar\.gz)$/i;

export function isArchive(path: string): boolean {
  return ENDING.test(path);
}

/** The folder name for an archive's files: the archive's name without its extension. */
export function archiveFolder(path: string): string {
  return path.replace(ENDING, '');
}
