/** Practice files as one zip, written as they are made. DICOM files are stored: deflating is slow and saves little. */
import { Zip, ZipPassThrough } from 'fflate';
import type { WalkResult } from './drop.ts';

/** Size of a part passed to the browser, which may move it to disk. */
const PIECE = 8 * 2 ** 20;

/** @param onFiles called with the number of files written so far */
export async function zipBatches(
  batches: AsyncIterable<WalkResult>,
  signal: AbortSignal,
  onFiles: (done: number) => void,
): Promise<Blob> {
  const pieces: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let failure: Error | null = null;
  const flush = () => {
    if (waiting.length > 0) pieces.push(new Blob(waiting));
    [waiting, bytes] = [[], 0];
  };
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else {
      waiting.push(chunk as Uint8Array<ArrayBuffer>);
      bytes += chunk.length;
      if (bytes >= PIECE) flush();
    }
  });
  let done = 0;
  for await (const { items } of batches) {
    for (const { path, file } of items) {
      const content = new Uint8Array(await file.arrayBuffer());
      signal.throwIfAborted();
      const entry = new ZipPassThrough(path);
      // Equal choices make equal zips.
      entry.mtime = new Date(2000, 0, 1);
      zip.add(entry);
      entry.push(content, true);
      if (failure) throw failure;
      onFiles(++done);
    }
  }
  zip.end();
  flush();
  return new Blob(pieces, { type: 'application/zip' });
}
