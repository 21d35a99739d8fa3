/** Pairs headers and images by name (.hdr and .img): each waits for the other. */
import { LIMITS } from '../bytes/limits.ts';
import type { FileBatch, FileEntry } from './fileBatch.ts';
import { halfOf } from './pairName.ts';

/** Maximum waiting files of each kind, equal to the feed's limit. */
const MOST_WAITING = 20_000;

export type Pairs = {
  /** The pair that the file completes, or the file it displaces; empty while it waits. */
  add(blob: Blob, file: FileEntry): FileBatch[];
  /** The files left without a partner. */
  rest(): FileBatch[];
};

/** A file by itself. */
type Half = { blob: Blob; file: FileEntry };

/**
 * A pair has the image's path and counts as one file.
 * @param count called when there is one file less
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

/** A header's bytes show what is missing; for an image the skip must say it. */
function alone({ blob, file }: Half): FileBatch {
  return { blob, entries: [halfOf(file.path).kind === 'header' ? file : { ...file, header: null }] };
}
