/** Names of archives. Whether a file is one its bytes say; but what is called so is looked at before it is decoded. */

const ENDING = /\.(zip|npz|tar|tgz|tar\.gz)$/i;

export function isArchive(path: string): boolean {
  return ENDING.test(path);
}

/** The folder that an archive's files are said to lie in: its name without the ending. */
export function archiveFolder(path: string): string {
  return path.replace(ENDING, '');
}
