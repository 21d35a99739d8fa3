/** Writes files into a folder that the user picked. Nothing is overwritten: a name that is there gets a number. */
import { numbered } from '../../core/labels/exchange/safeName.ts';

export type FolderWriter = {
  /**
   * @param to folders and a file name
   * @returns whether the file got another name. If it fails or is cancelled, nothing of this file stays
   */
  write(to: readonly string[], content: Blob, signal: AbortSignal): Promise<{ renamed: boolean }>;
};

export function createFolderWriter(root: FileSystemDirectoryHandle): FolderWriter {
  const folders = new Map<string, Promise<FileSystemDirectoryHandle>>();
  /** Names of a folder, in lower case: those that were there, and those that were written. */
  const names = new Map<string, Promise<Set<string>>>();

  const open = (path: readonly string[]): Promise<FileSystemDirectoryHandle> => {
    const key = path.join('/');
    const known = folders.get(key);
    if (known) return known;
    const parent = path.length > 1 ? open(path.slice(0, -1)) : Promise.resolve(root);
    const opened = parent.then((folder) =>
      folder.getDirectoryHandle(path[path.length - 1], { create: true }),
    );
    folders.set(key, opened);
    return opened;
  };

  const namesIn = (key: string, folder: FileSystemDirectoryHandle): Promise<Set<string>> => {
    const known = names.get(key) ?? list(folder);
    names.set(key, known);
    return known;
  };

  return {
    write: async (to, content, signal) => {
      const path = to.slice(0, -1);
      const folder = await open(path);
      const wanted = to[to.length - 1];
      const name = numbered(wanted, await namesIn(path.join('/'), folder));
      const handle = await folder.getFileHandle(name, { create: true });
      try {
        // Closes the file at its end; aborted, it leaves what was there before: an empty file.
        await content.stream().pipeTo(await handle.createWritable(), { signal });
      } catch (error) {
        await folder.removeEntry(name).catch(() => undefined);
        throw error;
      }
      return { renamed: name !== wanted };
    },
  };
}

async function list(folder: FileSystemDirectoryHandle): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const name of folder.keys()) found.add(name.normalize('NFC').toLowerCase());
  return found;
}
