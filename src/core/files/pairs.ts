/** Headers and images that belong together by their names (.hdr and .img): each waits for the other. */
import { LIMITS } from '../bytes/limits.ts';
import type { FileBatch, FileEntry } from './fileBatch.ts';
import { halfOf } from './pairName.ts';

/** Files of each kind that wait at once: as many as may wait to be looked at at all. */
const MOST_WAITING = 20_000;

export type Pairs = {
  /** What the file completes or pushes out: nothing while it waits. */
  add(blob: Blob, file: FileEntry): FileBatch[];
  /** What waited in vain. */
  rest(): FileBatch[];
};

/** A file by itself. */
type Half = { blob: Blob; file: FileEntry };

/**
 * A pair goes by the image's path, and counts as one file.
 * @param count told that there is one file less
 */
export function createPairs(count: (files: number, bytes: number) => void): Pairs {
  const waiting = { header: new Map<string, Half>(), image: new Map<string, Half>() };

  return {
    add: (blob, file) => {
      const half = { blob, file };
      const { name, kind } = halfOf(file.path);
      if (kind === 'header' && file.bytes > LIMITS.pairHeaderBytes) return [alone(half)];
      const isHeader = kind === 'header';
      const [own, others] = isHeader ? [waiting.header, waiting.image] : [waiting.image, waiting.header];
      const other = others.get(name);
      if (other) {
        others.delete(name);
        count(-1, 0);
        return [isHeader ? joined(half, other) : joined(other, half)];
      }
      if (own.has(name)) return [alone(half)];
      own.set(name, half);
      if (own.size <= MOST_WAITING) return [];
      const [[first, oldest]] = own;
      own.delete(first);
      return [alone(oldest)];
    },
    rest: () => [...waiting.header.values(), ...waiting.image.values()].map(alone),
  };
}

function joined(header: Half, { blob, file }: Half): FileBatch {
  const bytes = header.file.bytes + file.bytes;
  return { blob, entries: [{ ...file, bytes, header: { blob: header.blob, range: header.file } }] };
}

/** A header says by its bytes what is missing; of an image it must be said. */
function alone({ blob, file }: Half): FileBatch {
  return { blob, entries: [halfOf(file.path).kind === 'header' ? file : { ...file, header: null }] };
}
