/**
 * Small picked files, read while the page goes on. Asked for its size, a picked file holds the page until the browser has
 * looked at the disk: 0.3 ms each, 0.7 while files are decoded. Reading a small one takes no longer, and nobody waits.
 */
import type { WalkedFile } from '../core/files/fileBatch.ts';
import type { WalkResult } from './drop.ts';

/** Files read at once, and handed over together. */
const BATCH = 64;
/** Where files are large they are asked for their sizes, a few milliseconds' worth at a time. */
const FEW = 16;
/** Reading more costs more than asking for the size. */
const SMALL_BYTES = 64 * 1024;
/** A drive that has not answered by then went away. */
const SILENT_MS = 60_000;

export type Small = Uint8Array<ArrayBuffer> | 'large' | 'unreadable';

/** The items in their order, with the bytes of those that are small. @param read never rejects */
export async function* readAhead(
  items: readonly WalkedFile[],
  read: (file: Blob) => Promise<Small> = readSmall,
): AsyncGenerator<WalkResult> {
  let small = true;
  for (let at = 0; at < items.length; ) {
    const some = items.slice(at, at + (small ? BATCH : FEW));
    at += some.length;
    // Of large files one is tried: smaller ones may follow.
    const tried: readonly WalkedFile[] = small ? some : some.slice(0, 1);
    const found = await Promise.all(tried.map(({ file }) => read(file)));
    const bytes = new Map<Blob, Uint8Array<ArrayBuffer>>();
    found.forEach((one, i) => {
      if (typeof one !== 'string') bytes.set(tried[i].file, one);
    });
    const isLost = (_: WalkedFile, i: number) => found[i] === 'unreadable';
    small = found.filter((one) => one === 'large').length * 2 < found.length;
    yield {
      items: some.filter((item, i) => !isLost(item, i)),
      unreadable: some.filter(isLost).map(({ path }) => path),
      bytes,
    };
  }
}

function readSmall(file: Blob): Promise<Small> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    const end = (found: Small) => {
      clearTimeout(silent);
      resolve(found);
    };
    const silent = setTimeout(() => {
      end('unreadable');
      reader.abort();
    }, SILENT_MS);
    reader.onloadstart = ({ total }) => {
      if (total <= SMALL_BYTES) return;
      end('large');
      reader.abort();
    };
    reader.onload = () => end(new Uint8Array(reader.result as ArrayBuffer));
    reader.onerror = () => end('unreadable');
    reader.readAsArrayBuffer(file);
  });
}
