/** What a decode worker does: decodes the files of a parcel one at a time, and gives slices away in chunks. */

import { elapsedMs } from '../elapsed.ts';
import type { DecodedSlice, DecodeOptions } from '../formats/types.ts';
import type { Preprocessing } from '../image/preprocessing.ts';
import type { CallContext } from '../rpc.ts';
import { move } from '../rpc.ts';
import { isSkip, type Skip } from '../skip.ts';
import type { PackedFile } from './fileBytes.ts';
import { createIdentifier, type FileHash, fileHash, type Identifier } from './identity.ts';
import { unpackFile } from './pairs.ts';
import { type Answer, type LooseChunk, packAnswer } from './sliceBatch.ts';

/** Slices of a chunk: 3.2 MB. A file with more is asked for piece by piece, so that memory stays flat. */
export const CHUNK_SLICES = 64;
/** Slices after which files are answered, though there are more in the parcel. */
const ANSWER_SLICES = 128;
/** A file's chunk is over sooner when it took this long, so that progress shows and little is lost. */
const CHUNK_MS = 1000;
/** Signs of life closer together say nothing new. */
const SIGN_MS = 200;

/** A sign of life: the parcel's turn began, or another of its frames is being decoded. */
export type DecodeSign = 'started' | 'alive';

export type DecodeService = {
  /** Comes first. */
  configure(args: { key: CryptoKey; preprocessing: Preprocessing }): Promise<void>;
  /**
   * Decodes a parcel when its turn comes: a chunk for each file, up to one that has more of them, or until there
   * are enough slices for a message.
   */
  open(args: { id: number; files: PackedFile[] }, context: CallContext<DecodeSign>): Promise<Answer>;
  /** Goes on where the answer before ended: another chunk of its last file, if there are, else of the files behind. */
  next(args: { id: number }, context: CallContext<DecodeSign>): Promise<Answer>;
};

export type DecodeFile = (
  bytes: Uint8Array<ArrayBuffer>,
  options: DecodeOptions,
) => AsyncGenerator<DecodedSlice | Skip>;

type OpenFile = { results: AsyncGenerator<DecodedSlice | Skip>; hash: FileHash };

type OpenParcel = {
  id: number;
  /** Files not begun. */
  files: PackedFile[];
  /** One that has more chunks. */
  file: OpenFile | null;
  /** Lets the next parcel begin. */
  release: () => void;
};

export function createDecoder(decodeFile: DecodeFile): DecodeService {
  let identifier: Identifier;
  let options: DecodeOptions;
  /** Resolves when the parcel before has been decoded, or given away whole if it took several answers. */
  let turn: Promise<void> = Promise.resolve();
  let current: OpenParcel | null = null;
  /** Resolves when every chunk before has been given away. */
  let given: Promise<unknown> = Promise.resolve();

  /** What is given away keeps the order of the parcels, whichever is hashed first. */
  function inOrder<T>(made: Promise<T>): Promise<T> {
    const before = given;
    const mine = Promise.all([made, before]).then(([own]) => own);
    given = mine.catch(() => {});
    return mine;
  }

  /** Decodes until there is an answer's worth; the slices are still being hashed. */
  async function decodeFiles(parcel: OpenParcel, alive: () => void): Promise<Promise<LooseChunk[]>[]> {
    const chunks: Promise<LooseChunk[]>[] = [];
    let slices = 0;
    for (let packed = parcel.files.shift(); packed; packed = parcel.files.shift()) {
      const ready = await unpackFile(packed, options);
      if (isSkip(ready)) {
        chunks.push(Promise.resolve([{ decoded: [], keys: [], series: null, skips: [ready], done: true }]));
        continue;
      }
      const { bytes, context } = ready;
      parcel.file = { results: decodeFile(bytes, context), hash: fileHash(bytes) };
      const { count, chunks: made } = await decodeChunk(parcel, parcel.file, alive);
      chunks.push(made);
      slices += count;
      if (parcel.file || slices >= ANSWER_SLICES) break;
    }
    return chunks;
  }

  async function decodeChunk(parcel: OpenParcel, { results, hash }: OpenFile, alive: () => void) {
    const decoded: DecodedSlice[] = [];
    const keys: Promise<Uint8Array>[] = [];
    const skips: Skip[] = [];
    const begun = elapsedMs();
    let done = false;
    while (decoded.length < CHUNK_SLICES) {
      if (decoded.length > 0 && elapsedMs() - begun > CHUNK_MS) break;
      alive();
      const result = await results.next();
      done = result.done ?? false;
      if (result.done) break;
      if (isSkip(result.value)) {
        skips.push(result.value);
        continue;
      }
      const { identity, frame, slice } = result.value;
      decoded.push(result.value);
      keys.push(identifier.sliceKey(identity, hash, frame, slice));
    }
    if (done) parcel.file = null;
    const hashed = async (): Promise<LooseChunk[]> => {
      const hashes = await Promise.all(keys);
      const chunks = runsOf(decoded).map(async ([from, to]): Promise<LooseChunk> => {
        const { facts, identity } = decoded[from];
        const series = await identifier.series(facts, identity, hash);
        const own = { decoded: decoded.slice(from, to), keys: hashes.slice(from, to) };
        return { ...own, series, skips: [], done: false };
      });
      const last = chunks.pop() ?? { decoded: [], keys: [], series: null };
      return [...(await Promise.all(chunks)), { ...(await last), skips, done }];
    };
    return { count: decoded.length, chunks: hashed() };
  }

  async function answer(
    parcel: OpenParcel,
    chunks: Promise<LooseChunk[]>[],
    first: boolean,
  ): Promise<Answer> {
    const over = !parcel.file && parcel.files.length === 0;
    // Hashing waits for other threads: the next parcel is decoded meanwhile. Not after the last of several answers:
    // if the worker ends then, what was given away can't be taken back.
    if (over && first) parcel.release();
    const packed = packAnswer((await inOrder(Promise.all(chunks))).flat());
    if (over && !first) parcel.release();
    return move(packed, [packed.pixels.buffer]);
  }

  return {
    configure: async ({ key, preprocessing }) => {
      identifier = createIdentifier(key);
      options = preprocessing;
    },

    open: async ({ id, files }, context) => {
      const before = turn;
      let release = () => {};
      turn = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      context.emit('started');
      current = { id, files, file: null, release };
      return answer(current, await decodeFiles(current, signs(context)), true);
    },

    next: async ({ id }, context) => {
      if (current?.id !== id) throw new Error('This parcel is not open.');
      const parcel = current;
      const { file } = parcel;
      const alive = signs(context);
      const chunks = file
        ? [(await decodeChunk(parcel, file, alive)).chunks]
        : await decodeFiles(parcel, alive);
      return answer(parcel, chunks, false);
    },
  };
}

/** Where slices with the same facts begin and end: frames of a file differ in their kind at most. */
function runsOf(decoded: readonly DecodedSlice[]): [from: number, to: number][] {
  const starts = decoded.flatMap(({ facts: { imageType, burnedInRisk } }, i) => {
    const before = decoded[i - 1]?.facts;
    return before && before.imageType === imageType && before.burnedInRisk === burnedInRisk ? [] : [i];
  });
  return starts.map((from, i) => [from, starts[i + 1] ?? decoded.length]);
}

/** Tells that frames are being decoded, not too often. */
function signs({ emit }: CallContext<DecodeSign>): () => void {
  let signed = elapsedMs();
  return () => {
    const now = elapsedMs();
    if (now - signed <= SIGN_MS) return;
    emit('alive');
    signed = now;
  };
}
