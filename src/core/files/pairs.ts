/** Headers and images that belong together (.hdr and .img of one name): each waits for the other. */

import { LIMITS } from '../bytes/limits.ts';
import type { DecodeContext } from '../formats/types.ts';
import { isSkip, type Skip } from '../skip.ts';
import type { FileTask, Found, Parcel } from './expand.ts';
import { type PackedFile, readPieces, type TwoPieces, unpack } from './fileBytes.ts';
import { halfOf } from './pairName.ts';
import { unpackFirst } from './zip.ts';

/** Files of each kind that wait at once: as many as may wait to be looked at at all. */
const MOST_WAITING = 20_000;

export type Pairs = {
  /** What the file completes or pushes out: nothing while it waits. */
  add(blob: Blob, file: FileTask): Parcel[];
  /** What waited in vain. */
  rest(): Parcel[];
};

/** A file by itself. */
type Half = { blob: Blob; file: FileTask };

/** A pair goes by the image's path, and counts as one file. */
export function createPairs(found: Found): Pairs {
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
        found(-1, 0);
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

function joined(header: Half, { blob, file }: Half): Parcel {
  const bytes = header.file.bytes + file.bytes;
  return { blob, files: [{ ...file, bytes, header: { blob: header.blob, piece: header.file } }] };
}

/** A header says by its bytes what is missing; of an image it must be said. */
function alone({ blob, file }: Half): Parcel {
  return { blob, files: [halfOf(file.path).kind === 'header' ? file : { ...file, header: null }] };
}

/** Some files of a blob, with the headers of those that are in two. */
export async function readFiles(blob: Blob, files: readonly TwoPieces[]): Promise<PackedFile[]> {
  const packed = await readPieces(blob, files);
  return Promise.all(
    packed.map(async (file, i): Promise<PackedFile> => {
      const { header } = files[i];
      if (!header) return header === null ? { ...file, header } : file;
      const [read] = await readPieces(header.blob, [header.piece]);
      return { ...file, header: read };
    }),
  );
}

/** A file's bytes with what its header adds to the context they are decoded in. */
export async function unpackFile<Context extends DecodeContext>(
  packed: PackedFile,
  context: Context,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; context: Context } | Skip> {
  const first = packed.entry && !isSkip(packed.bytes) ? unpackFirst(packed.bytes, packed.entry) : null;
  const bytes = first ?? (await unpack(packed));
  const header = packed.header && (await unpack(packed.header));
  if (isSkip(bytes)) return bytes;
  if (header && isSkip(header)) return header;
  return {
    bytes,
    context: { ...context, ...(header !== undefined && { header }), ...(first && { beginning: true }) },
  };
}
