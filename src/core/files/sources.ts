/** Which file each slice came from, told to the page that holds the files; nothing of it is stored. */
import { KEY_BYTES } from '../types.ts';
import type { Chunk } from './sliceBatch.ts';

/** `keys` holds KEY_BYTES a slice; slice i came from `paths[pathOf[i]]`. */
export type Origins = { paths: string[]; pathOf: Uint32Array; keys: Uint8Array<ArrayBuffer> };

/** Slices of a message. */
const BATCH = 512;

export type OriginNotes = { add(path: string, chunk: Chunk): void; flush(): void };

export function createOrigins(emit: (origins: Origins) => void): OriginNotes {
  let paths: string[] = [];
  let chunks: { path: number; keys: Uint8Array; count: number }[] = [];
  let slices = 0;

  const flush = () => {
    if (slices === 0) return;
    const pathOf = new Uint32Array(slices);
    const keys = new Uint8Array(slices * KEY_BYTES);
    let at = 0;
    for (const chunk of chunks) {
      pathOf.fill(chunk.path, at, at + chunk.count);
      keys.set(chunk.keys, at * KEY_BYTES);
      at += chunk.count;
    }
    emit({ paths, pathOf, keys });
    paths = [];
    chunks = [];
    slices = 0;
  };

  return {
    flush,
    add: (path, { keys, count }) => {
      if (count === 0) return;
      if (paths.at(-1) !== path) paths.push(path);
      chunks.push({ path: paths.length - 1, keys, count });
      slices += count;
      if (slices >= BATCH) flush();
    },
  };
}
