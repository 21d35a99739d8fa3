/** A folder of the File System Access API in memory; `files` has its contents by path. */

export type FakeFolder = { handle: FileSystemDirectoryHandle; files: Map<string, Blob> };

/** @param onWrite called before each file is closed; it may throw, as a full disk does */
export function makeFolder(there: Record<string, string> = {}, onWrite = (_path: string) => {}): FakeFolder {
  const files = new Map(Object.entries(there).map(([path, text]) => [path, new Blob([text])]));
  const folder = (prefix: string): FileSystemDirectoryHandle => {
    const own = {
      getDirectoryHandle: async (name: string) => folder(`${prefix}${checked(name)}/`),
      getFileHandle: async (name: string) => {
        const path = prefix + checked(name);
        if (!files.has(path)) files.set(path, new Blob());
        return { createWritable: async () => writable(path) };
      },
      removeEntry: async (name: string) => void files.delete(prefix + name),
      async *keys() {
        const names = [...files.keys()].filter((path) => path.startsWith(prefix));
        yield* new Set(names.map((path) => path.slice(prefix.length).split('/')[0]));
      },
    };
    return own as unknown as FileSystemDirectoryHandle;
  };
  const writable = (path: string) => {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    return new WritableStream<Uint8Array<ArrayBuffer>>({
      write: (part) => void parts.push(part),
      close: () => {
        onWrite(path);
        files.set(path, new Blob(parts));
      },
    });
  };
  return { handle: folder(''), files };
}

/** As browsers do: no separators, no "..". */
function checked(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[\\/]/.test(name))
    throw new TypeError('Name is not allowed.');
  return name;
}
