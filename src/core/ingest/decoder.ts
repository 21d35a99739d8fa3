/** What a decode worker does: reads files, decodes them one at a time, and gives slices away in chunks. */
import { KEY_BYTES } from '../dataset/keys.ts';
import type { Skip } from '../errors.ts';
import { type DecodedSlice, type DecodeOptions, isSkip } from '../formats/types.ts';
import type { CallContext } from '../protocol.ts';
import { move } from '../rpc.ts';
import { type SeriesFacts, SLICE_BYTES } from '../types.ts';
import { createIdentifier, type FileHash, fileHash, type Identifier } from './identity.ts';
import { readSource, type Source, unpackSource } from './source.ts';

/** Slices of a message: 3.2 MB. A file with more is asked for piece by piece, so that memory stays flat. */
export const CHUNK_SLICES = 64;
/** A chunk is sent earlier when it took this long, so that progress shows and little is lost. */
const CHUNK_MS = 1000;
/** Signs of life closer together say nothing new. */
const SIGN_MS = 200;

/** Part of a file's slices, in order; all arrays are of length `count`, or a multiple of it. */
export type Chunk = {
  count: number;
  /** count·SLICE_BYTES. */
  pixels: Uint8Array<ArrayBuffer>;
  /** count·KEY_BYTES. */
  keys: Uint8Array;
  frame: Uint32Array;
  /** -1 where there is none. */
  instanceNumber: Int32Array;
  /** The file's series; null where `count` is 0. */
  series: SeriesFacts | null;
  skips: Skip[];
  /** Whether this was the file's last. */
  done: boolean;
};

/** A sign of life: the file's turn began, or another of its frames is being decoded. */
export type DecodeSign = 'started' | 'alive';

export type DecodeService = {
  /** Comes first. */
  configure(args: { key: CryptoKey; antialias: boolean }): Promise<void>;
  /** Reads the file at once, decodes it when its turn comes, and resolves to its first chunk. */
  open(args: { id: number; source: Source }, context: CallContext<DecodeSign>): Promise<Chunk>;
  /** The next chunk of the file opened last; until then the following file waits. */
  next(args: { id: number }, context: CallContext<DecodeSign>): Promise<Chunk>;
};

export type DecodeFile = (
  bytes: Uint8Array<ArrayBuffer>,
  options: DecodeOptions,
) => AsyncGenerator<DecodedSlice | Skip>;

type OpenFile = {
  id: number;
  results: AsyncGenerator<DecodedSlice | Skip>;
  hash: FileHash;
  done: () => void;
};

export function createDecoder(decodeFile: DecodeFile): DecodeService {
  let identifier: Identifier;
  let options: DecodeOptions;
  /** Resolves when the file before has been decoded, or given away whole if it took several chunks. */
  let turn: Promise<void> = Promise.resolve();
  let current: OpenFile | null = null;
  /** Resolves when every chunk before has been given away. */
  let given: Promise<unknown> = Promise.resolve();

  /** Chunks are given away in the order of their files, whichever is hashed first. */
  function inOrder(chunk: Promise<Chunk>): Promise<Chunk> {
    const before = given;
    const mine = Promise.all([chunk, before]).then(([own]) => own);
    given = mine.catch(() => {});
    return mine;
  }

  async function take(file: OpenFile, { emit }: CallContext<DecodeSign>, first: boolean): Promise<Chunk> {
    const decoded: DecodedSlice[] = [];
    const keys: Promise<Uint8Array>[] = [];
    const skips: Skip[] = [];
    const begun = performance.now();
    let signed = begun;
    let done = false;
    for (let now = begun; decoded.length < CHUNK_SLICES; now = performance.now()) {
      if (decoded.length > 0 && now - begun > CHUNK_MS) break;
      if (now - signed > SIGN_MS) {
        emit('alive');
        signed = now;
      }
      const result = await file.results.next();
      done = result.done ?? false;
      if (result.done) break;
      if (isSkip(result.value)) {
        skips.push(result.value);
        continue;
      }
      const { identity, frame, slice } = result.value;
      decoded.push(result.value);
      keys.push(identifier.sliceKey(identity, file.hash, frame, slice));
    }
    if (done) current = null;
    // Hashing waits for other threads: the next file is decoded meanwhile. Not after the last of several chunks:
    // if the worker ends then, the chunks that were given away can't be taken back.
    if (done && first) file.done();
    const packed = await inOrder(
      (async () => {
        const [example] = decoded;
        const series = example ? await identifier.series(example.facts, example.identity, file.hash) : null;
        return pack(decoded, await Promise.all(keys), series, skips, done);
      })(),
    );
    if (done && !first) file.done();
    return move(packed, [packed.pixels.buffer]);
  }

  return {
    configure: async ({ key, antialias }) => {
      identifier = createIdentifier(key);
      options = { antialias };
    },

    open: async ({ id, source }, context) => {
      const reading = readSource(source);
      const before = turn;
      let done = () => {};
      turn = new Promise((resolve) => {
        done = resolve;
      });
      await before;
      context.emit('started');
      const bytes = await unpackSource(await reading, source);
      if (isSkip(bytes)) {
        done();
        return inOrder(Promise.resolve(skippedChunk(bytes)));
      }
      current = { id, results: decodeFile(bytes, options), hash: fileHash(bytes), done };
      return take(current, context, true);
    },

    next: async ({ id }, context) => {
      if (current?.id !== id) throw new Error('This file is not open.');
      return take(current, context, false);
    },
  };
}

function pack(
  decoded: readonly DecodedSlice[],
  keys: readonly Uint8Array[],
  series: SeriesFacts | null,
  skips: Skip[],
  done: boolean,
): Chunk {
  const count = decoded.length;
  const pixels = new Uint8Array(count * SLICE_BYTES);
  const joined = new Uint8Array(count * KEY_BYTES);
  decoded.forEach(({ slice }, i) => {
    pixels.set(slice, i * SLICE_BYTES);
    joined.set(keys[i], i * KEY_BYTES);
  });
  return {
    count,
    pixels,
    keys: joined,
    frame: Uint32Array.from(decoded, ({ frame }) => frame),
    instanceNumber: Int32Array.from(decoded, ({ instanceNumber }) => instanceNumber ?? -1),
    series,
    skips,
    done,
  };
}

/** A chunk that says why a file gave nothing, or nothing more. */
export function skippedChunk(skip: Skip): Chunk {
  return pack([], [], null, [skip], true);
}
