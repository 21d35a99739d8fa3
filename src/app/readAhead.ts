/**
 * Reads small picked files ahead. Asking a picked file for its size blocks the page until the browser has checked the
 * disk: 0.3 ms each, 0.7 while files are decoded. Reading a small file takes no longer and does not block.
 */
import type { WalkedFile } from '../core/files/fileBatch.ts';
import type { WalkResult } from './drop.ts';
import { nextTask } from './inSteps.ts';

/** Files read together and passed on together. */
const BATCH = 64;
/** Large files are only asked for their sizes, a few milliseconds' worth at a time. */
const FEW = 16;
/** Above this size, reading costs more than asking for the size. */
const SMALL_BYTES = 64 * 1024;
/** After this time without an answer the drive counts as gone. */
const SILENT_MS = 60_000;

export type Small = Uint8Array<ArrayBuffer> | 'large' | 'unreadable';

/**
 * The items in order, asked for their sizes a few at a time: for who reads no more than the beginnings of most.
 * @param read never rejects
 */
export async function* askAhead(
  items: readonly WalkedFile[],
  read: (file: Blob) => Promise<Small> = readSmall,
): AsyncGenerator<WalkResult> {
  for (let at = 0; at < items.length; at += BATCH) {
    const some = items.slice(at, at + BATCH);
    const lost = new Set<WalkedFile>();
    for (const [i, item] of some.entries()) {
      // A file that is gone has no size, either.
      if (item.file.size === 0 && (await read(item.file)) === 'unreadable') lost.add(item);
      if (i % FEW === FEW - 1) await nextTask();
    }
    yield {
      items: some.filter((item) => !lost.has(item)),
      unreadable: [...lost].map(({ path }) => path),
    };
  }
}

/** The items in order, with the bytes of small ones. @param read never rejects */
export async function* readAhead(
  items: readonly WalkedFile[],
  read: (file: Blob) => Promise<Small> = readSmall,
): AsyncGenerator<WalkResult> {
  let small = true;
  for (let at = 0; at < items.length; ) {
    const some = items.slice(at, at + (small ? BATCH : FEW));
    at += some.length;
    // After large files, try one: smaller ones may follow.
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
