/** Reads dropped files as they are on disk, also those inside archives. An archive is listed once. */
import { type Archive, findMember, memberBlob, openArchive } from '../../core/files/archive.ts';
import type { Original } from '../../core/inspect/service.ts';
import { isSkip, type Skip } from '../../core/skip.ts';

export type OriginalReader = {
  /** Whether an archive has a file at this path. */
  has(original: Original): Promise<boolean>;
  /** null if it can't be read: its folder was moved or changed since it was dropped. */
  read(original: Original): Promise<Blob | null>;
};

export function createOriginalReader(): OriginalReader {
  const archives = new Map<Blob, Promise<Archive | null>>();

  const listed = (blob: Blob) => {
    const known = archives.get(blob);
    if (known) return known;
    const opened = openArchive(blob).then((found) => (found && !isSkip(found) ? found : null));
    archives.set(blob, opened);
    return opened;
  };

  async function member(blob: Blob, path: string): Promise<Blob | null> {
    const archive = await listed(blob);
    const found = archive?.members.find((one) => one.path === path);
    if (archive && found) return blobOf(await memberBlob(archive.blob, found));
    // An archive within the archive.
    const nested = await findMember(blob, path);
    return isSkip(nested) ? null : blobOf(await memberBlob(nested.archive.blob, nested.member));
  }

  return {
    has: async ({ file, inside }) =>
      inside === null || ((await listed(file))?.members.some(({ path }) => path === inside) ?? false),

    read: async ({ file, inside }) => {
      try {
        if (inside !== null) return await member(file, inside);
        // Fails here, not in mid-copy, if the file is gone.
        await file.slice(0, 1).arrayBuffer();
        return file;
      } catch {
        return null;
      }
    },
  };
}

function blobOf(found: Blob | Skip): Blob | null {
  return isSkip(found) ? null : found;
}
