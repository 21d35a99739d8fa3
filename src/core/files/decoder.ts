/** The work of a decode worker: decodes the files of a batch one at a time and returns their slices in batches. */

import { readBeginning } from '../formats/dicom.ts';
import type { DecodeContext, DecodedSlice, DecodeOptions } from '../formats/types.ts';
import type { Preprocessing } from '../image/preprocessing.ts';
import type { CallContext } from '../rpc.ts';
import { move } from '../rpc.ts';
import { isSkip, type Skip } from '../skip.ts';
import { GLANCE } from './ask.ts';
import { type FileBytes, unpackFile } from './fileBytes.ts';
import { createIdentifier, type FileHash, fileHash, type Identifier } from './identity.ts';
import { type DecodedBatch, type DecodeReply, packReply } from './sliceBatch.ts';

/** Slices of a batch: 3.2 MB. A larger file is requested batch by batch, so that memory stays flat. */
export const BATCH_SLICES = 64;
/** Slices after which a reply is sent although more files remain. */
const REPLY_SLICES = 128;
/** A file's batch ends early after this time, so that progress is visible and little is lost. */
const BATCH_MS = 1000;
/** Minimum interval of signs of life. */
const SIGN_MS = 200;

/** A sign of life: the files' turn has begun, or another frame is being decoded. */
export type DecodeSign = 'started' | 'alive';

/** How files are read; `heading` only by who stores nothing. */
export type Reading = Preprocessing & Pick<DecodeContext, 'heading'>;

export type DecodeService = {
  /** Called first. */
  configure(args: { key: CryptoKey; preprocessing: Reading }): Promise<void>;
  /**
   * Decodes files in turn: a batch of slices for each file, up to the first file with more batches, or until
   * there are enough slices for a message.
   */
  open(args: { id: number; files: FileBytes[] }, context: CallContext<DecodeSign>): Promise<DecodeReply>;
  /** Continues after the previous reply: with the next batch of its last file, if any, else with the next files. */
  next(args: { id: number }, context: CallContext<DecodeSign>): Promise<DecodeReply>;
};

export type DecodeFile = (
  bytes: Uint8Array<ArrayBuffer>,
  options: DecodeOptions,
) => AsyncGenerator<DecodedSlice | Skip>;

/** `opened`: whether the reply says how many frames the file has. */
type OpenFile = { results: AsyncGenerator<DecodedSlice | Skip>; hash: FileHash; opened: boolean };

const NOTHING: DecodedBatch = { decoded: [], keys: [], series: null, skips: [], done: true };

/** Files sent together. */
type OpenFiles = {
  id: number;
  /** Files not started. */
  files: FileBytes[];
  /** The file with more slices. */
  file: OpenFile | null;
  /** Lets the next files begin. */
  release: () => void;
};

export function createDecoder(decodeFile: DecodeFile, nowMs: () => number): DecodeService {
  let identifier: Identifier;
  let options: DecodeOptions;
  /** Resolves when the previous files are decoded, or completely returned if they took several replies. */
  let turn: Promise<void> = Promise.resolve();
  let current: OpenFiles | null = null;
  /** Resolves when all earlier batches have been returned. */
  let given: Promise<unknown> = Promise.resolve();

  /** Replies keep the order of the files, whichever is hashed first. */
  function inOrder<T>(made: Promise<T>): Promise<T> {
    const before = given;
    const mine = Promise.all([made, before]).then(([own]) => own);
    given = mine.catch(() => {});
    return mine;
  }

  /** Decodes enough for a reply; the slices are still being hashed. */
  async function decodeFiles(open: OpenFiles, alive: () => void): Promise<Promise<DecodedBatch[]>[]> {
    const batches: Promise<DecodedBatch[]>[] = [];
    let slices = 0;
    for (let packed = open.files.shift(); packed; packed = open.files.shift()) {
      const ready = await unpackFile(packed, options);
      if (isSkip(ready)) {
        batches.push(Promise.resolve([{ ...NOTHING, skips: [ready] }]));
        continue;
      }
      const { bytes, context } = ready;
      const { ask } = packed;
      if (ask === 'beginning') {
        const told = beginning(bytes, packed.size, context);
        if (told) {
          batches.push(told);
          continue;
        }
      }
      const chosen = ask === 'beginning' ? { spread: GLANCE } : ask?.frames;
      const results = decodeFile(bytes, chosen ? { ...context, chosen } : context);
      open.file = { results, hash: fileHash(bytes), opened: ask === 'beginning' };
      const { count, batches: made } = await decodeBatch(open, open.file, alive);
      batches.push(made);
      slices += count;
      if (open.file || slices >= REPLY_SLICES) break;
    }
    return batches;
  }

  /** What a file says before its pixels; null if it is whole and doesn't say: then its pixels are decoded. */
  function beginning(
    bytes: Uint8Array<ArrayBuffer>,
    size: number | undefined,
    context: DecodeContext,
  ): Promise<DecodedBatch[]> | null {
    const whole = size === undefined || size === bytes.length;
    const found = readBeginning(bytes, size ?? bytes.length, context);
    // What stands in for a missing UID is made from the whole file.
    if (!whole && !found?.identity.series) return Promise.resolve([{ ...NOTHING, opened: 'short' }]);
    if (!found) return null;
    const { facts, identity, frames, instanceNumber, position, left, ...header } = found;
    const skips = left ? [left] : [];
    const opened = { frames, instanceNumber, position };
    return identifier
      .series(facts, identity, fileHash(bytes))
      .then((series) => [{ ...NOTHING, ...header, series, skips, opened }]);
  }

  async function decodeBatch(open: OpenFiles, { results, hash, opened }: OpenFile, alive: () => void) {
    const decoded: DecodedSlice[] = [];
    const keys: Promise<Uint8Array>[] = [];
    const skips: Skip[] = [];
    const begun = nowMs();
    let done = false;
    while (decoded.length < BATCH_SLICES) {
      if (decoded.length > 0 && nowMs() - begun > BATCH_MS) break;
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
    if (done) open.file = null;
    const hashed = async (): Promise<DecodedBatch[]> => {
      const hashes = await Promise.all(keys);
      const batches = runsOf(decoded).map(async ([from, to]): Promise<DecodedBatch> => {
        const { facts, identity } = decoded[from];
        const series = await identifier.series(facts, identity, hash);
        const own = { decoded: decoded.slice(from, to), keys: hashes.slice(from, to) };
        return { ...own, series, skips: [], done: false };
      });
      const last = batches.pop() ?? { decoded: [], keys: [], series: null };
      const frames = decoded[0]?.frameCount ?? 0;
      const told = opened && { opened: { frames, instanceNumber: null, position: null } };
      return [...(await Promise.all(batches)), { ...(await last), skips, done, ...told }];
    };
    return { count: decoded.length, batches: hashed() };
  }

  async function answer(
    open: OpenFiles,
    batches: Promise<DecodedBatch[]>[],
    first: boolean,
  ): Promise<DecodeReply> {
    const over = !open.file && open.files.length === 0;
    // Hashing waits for other threads: decode the next files meanwhile. Not after the last of several replies: if the
    // worker ends then, the returned slices can't be taken back.
    if (over && first) open.release();
    const packed = packReply((await inOrder(Promise.all(batches))).flat());
    if (over && !first) open.release();
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
      return answer(current, await decodeFiles(current, signs(context, nowMs)), true);
    },

    next: async ({ id }, context) => {
      if (current?.id !== id) throw new Error('These files are not open.');
      const open = current;
      const { file } = open;
      const alive = signs(context, nowMs);
      const batches = file
        ? [(await decodeBatch(open, file, alive)).batches]
        : await decodeFiles(open, alive);
      return answer(open, batches, false);
    },
  };
}

/** Ranges of slices with the same facts: frames of a file differ at most in their image type. */
function runsOf(decoded: readonly DecodedSlice[]): [from: number, to: number][] {
  const starts = decoded.flatMap(({ facts: { imageType, burnedInRisk } }, i) => {
    const before = decoded[i - 1]?.facts;
    return before && before.imageType === imageType && before.burnedInRisk === burnedInRisk ? [] : [i];
  });
  return starts.map((from, i) => [from, starts[i + 1] ?? decoded.length]);
}

/** Reports that frames are being decoded, at limited frequency. */
function signs({ emit }: CallContext<DecodeSign>, nowMs: () => number): () => void {
  let signed = nowMs();
  return () => {
    const now = nowMs();
    if (now - signed <= SIGN_MS) return;
    emit('alive');
    signed = now;
  };
}
