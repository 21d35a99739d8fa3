/** The source file of each slice, reported to the page that holds the files; it is not stored. */
import { KEY_BYTES } from '../types.ts';
import type { SliceBatch } from './sliceBatch.ts';

/** `keys` has KEY_BYTES per slice; slice i is from `paths[pathOf[i]]`. */
export type SliceSources = { paths: string[]; pathOf: Uint32Array; keys: Uint8Array<ArrayBuffer> };

/** Slices per message. */
const BATCH = 512;

export type SourceCollector = { add(path: string, slices: SliceBatch): void; flush(): void };

export function createSources(emit: (sources: SliceSources) => void): SourceCollector {
  let paths: string[] = [];
  let batches: { path: number; keys: Uint8Array; count: number }[] = [];
  let slices = 0;

  const flush = () => {
    if (slices === 0) return;
    const pathOf = new Uint32Array(slices);
    const keys = new Uint8Array(slices * KEY_BYTES);
    let at = 0;
    for (const batch of batches) {
      pathOf.fill(batch.path, at, at + batch.count);
      keys.set(batch.keys, at * KEY_BYTES);
      at += batch.count;
    }
    emit({ paths, pathOf, keys });
    paths = [];
    batches = [];
    slices = 0;
  };

  return {
    flush,
    add: (path, { key: keys, count }) => {
      if (count === 0) return;
      if (paths.at(-1) !== path) paths.push(path);
      batches.push({ path: paths.length - 1, keys, count });
      slices += count;
      if (slices >= BATCH) flush();
    },
  };
}
