/** Where a file's bytes come from: the drop itself, or an archive in it. */
import type { Skip } from '../errors.ts';
import { LIMITS } from '../formats/limits.ts';
import { isSkip } from '../formats/types.ts';
import { readEntry, unpackEntry, type ZipEntry } from './zip.ts';

/** A file, or an entry of an archive. It carries no path: that stays with whoever dropped it. */
export type Source = { file: Blob } | { archive: Blob; entry: ZipEntry };

/** The whole file as it lies there; what can't be read is a Skip. */
export async function readSource(source: Source): Promise<Uint8Array<ArrayBuffer> | Skip> {
  try {
    if ('entry' in source) return await readEntry(source.archive, source.entry);
    if (source.file.size > LIMITS.fileBytes) return { code: 'too-large' };
    return new Uint8Array(await source.file.arrayBuffer());
  } catch {
    // Gone, locked, or on a disk that was taken out.
    return { code: 'unreadable' };
  }
}

/** Apart from reading, since it costs time that must not be taken from the file being decoded. */
export async function unpackSource(
  bytes: Uint8Array<ArrayBuffer> | Skip,
  source: Source,
): Promise<Uint8Array<ArrayBuffer> | Skip> {
  return 'entry' in source && !isSkip(bytes) ? unpackEntry(bytes, source.entry) : bytes;
}
