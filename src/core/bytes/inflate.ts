/** Decompression that counts what it produces: declared sizes are never trusted, bombs end early. */
import { isSkip, type Skip } from '../skip.ts';
import { createInflater, type Inflater, inflater, releaseInflater, SLACK, STATUS } from './inflater.ts';
import { LIMITS } from './limits.ts';

/** Size in bytes of the inflater's input buffer. */
const PIECE_BYTES = 64 * 1024;
/** Size in bytes of the output buffer, after the 32 KB window. */
const ROOM_BYTES = 256 * 1024;
/** At a truncated end the 64 padding bits may decode to bogus matches of 258 bytes each: discard these. */
const UNSURE_BYTES = 64 * 258;
const WINDOW_BYTES = 32 * 1024;

export type Compression = 'gzip' | 'zlib' | 'raw';
/** Inflated bytes in the module's memory, valid until it continues. */
type Inflated = { memory: ArrayBuffer; from: number; to: number };

const DAMAGED: Skip = { code: 'malformed', detail: 'compressed data' };
const CUT_OFF: Skip = { code: 'truncated', detail: 'compressed data' };
const TOO_LARGE: Skip = { code: 'too-large', detail: 'inflated size' };

/**
 * Inflates the whole stream, or returns a Skip. Bytes after the end of the stream are ignored; checksums are not
 * verified.
 * @param expectedBytes expected size where known; a wrong value costs a second run
 */
export function inflate(
  bytes: Uint8Array,
  compression: Compression,
  limitBytes: number = LIMITS.inflatedBytes,
  expectedBytes: number = firstGuess(bytes, compression),
): Uint8Array<ArrayBuffer> | Skip {
  let out = new Uint8Array(Math.min(expectedBytes, limitBytes));
  let produced = 0;
  const module = inflaterFor(ROOM);
  const collect = (): Skip | null => {
    const pieces = run(module, bytes, compression, { ...ROOM, limitBytes });
    for (let next = pieces.next(); ; next = pieces.next()) {
      if (next.done) return next.value;
      const { memory, from, to } = next.value;
      if (produced + to - from <= out.length) out.set(new Uint8Array(memory, from, to - from), produced);
      produced += to - from;
    }
  };
  const failed = collect();
  if (failed) return failed;
  if (produced <= out.length) return out.subarray(0, produced);
  // If the guess was too small, the size is known now. Growing on the way would hold two copies at once.
  out = new Uint8Array(produced);
  produced = 0;
  collect();
  return out;
}

/**
 * Yields a stream's bytes piece by piece; use each before asking for the next. Returns why it ended early, or null.
 * It has its own module instance, so other streams may be inflated meanwhile.
 */
export function* inflatePieces(
  bytes: Uint8Array,
  compression: Compression,
  limitBytes: number,
): Generator<Uint8Array, Skip | null> {
  const module = createInflater(roomFor(ROOM));
  const pieces = run(module, bytes, compression, { ...ROOM, limitBytes });
  for (let next = pieces.next(); ; next = pieces.next()) {
    if (next.done) return next.value;
    const { memory, from, to } = next.value;
    if (to > from) yield new Uint8Array(memory, from, to - from);
  }
}

/** The bytes of a stream until it ends, breaks off or exceeds a limit. */
export function inflateFirst(
  bytes: Uint8Array,
  compression: Compression,
  limitBytes: number = LIMITS.inflatedBytes,
): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const piece of inflatePieces(bytes, compression, limitBytes)) length += piece.length;
  const out = new Uint8Array(Math.min(length, limitBytes));
  let at = 0;
  for (const piece of inflatePieces(bytes, compression, limitBytes)) {
    out.set(piece.subarray(0, out.length - at), at);
    at += piece.length;
    if (at >= out.length) break;
  }
  return out;
}

/** The first `count` bytes of a stream, or all if it is shorter. */
export function inflateHead(bytes: Uint8Array, compression: Compression, count: number): Uint8Array {
  const head = new Uint8Array(count);
  let filled = 0;
  for (const piece of inflatePieces(bytes, compression, LIMITS.inflatedBytes)) {
    const some = piece.subarray(0, count - filled);
    head.set(some, filled);
    filled += some.length;
    if (filled === count) break;
  }
  return head.subarray(0, filled);
}

/**
 * Inflates a stream in place: `length` bytes at `at` in the inflater's memory, followed by the requested number of
 * zeros. The next call of this file's functions overwrites them.
 */
export function inflateInPlace(
  bytes: Uint8Array,
  compression: Compression,
  limitBytes: number,
  before: number,
): { module: Inflater; zeros: number; at: number; length: number } | Skip {
  let length = 0;
  // One extra byte shows that a stream is too large before the buffer is full.
  const room = { limitBytes, roomBytes: limitBytes + 1, before };
  const module = inflaterFor(room);
  const pieces = run(module, bytes, compression, room);
  for (let next = pieces.next(); ; next = pieces.next()) {
    if (!next.done) length += next.value.to - next.value.from;
    else if (!next.value) break;
    else {
      releaseInflater();
      return next.value;
    }
  }
  const { zeros, window } = placesOf(module, before);
  return { module, zeros, at: window, length };
}

type Room = { limitBytes: number; roomBytes: number; before: number };
const ROOM = { roomBytes: ROOM_BYTES, before: 0 };

function inflaterFor(room: Omit<Room, 'limitBytes'>): Inflater {
  return inflater(roomFor(room));
}

function roomFor({ roomBytes, before }: Omit<Room, 'limitBytes'>): number {
  return PIECE_BYTES + before + WINDOW_BYTES + roomBytes + 4 * SLACK;
}

/** Memory layout: a piece of the stream, the caller's zeros, the inflated bytes. */
function placesOf(module: Inflater, before: number) {
  const piece = Math.ceil(module.free() / 64) * 64;
  const zeros = piece + PIECE_BYTES + SLACK;
  return { piece, zeros, window: zeros + Math.ceil(before / 64) * 64 };
}

/** Returns null, or why the stream could not be inflated completely. */
function* run(
  module: Inflater,
  bytes: Uint8Array,
  compression: Compression,
  room: Room,
): Generator<Inflated, Skip | null> {
  const { limitBytes, before } = room;
  const { zeros, window } = placesOf(module, before);
  new Uint8Array(module.memory.buffer, zeros, window - zeros).fill(0);
  let produced = 0;
  const isTooLarge = (more: number) => {
    produced += more;
    const isBomb = produced > LIMITS.inflatedFreely && produced > LIMITS.inflatedRatio * bytes.length;
    return produced > limitBytes || isBomb;
  };
  for (let at = 0; ; ) {
    const start = bodyOf(bytes, at, compression);
    // Padding after a gzip member looks like a damaged header of another member.
    if (isSkip(start)) return at > 0 && produced > 0 ? null : start;
    const end: number | Skip = yield* runBody(module, bytes.subarray(start.at), room, isTooLarge);
    if (typeof end !== 'number') return end;
    at = start.at + end;
    if (compression === 'raw') return null;
    if (compression === 'zlib') return at + 4 > bytes.length ? CUT_OFF : null;
    // Skip the checksum and the size.
    at += 8;
    if (at >= bytes.length) return null;
  }
}

/** Inflates one raw deflate stream; returns its length in bytes, or a Skip. */
function* runBody(
  module: Inflater,
  bytes: Uint8Array,
  { roomBytes, before }: Omit<Room, 'limitBytes'>,
  isTooLarge: (more: number) => boolean,
): Generator<Inflated, number | Skip> {
  const { piece, window } = placesOf(module, before);
  const { buffer } = module.memory;
  const memory = new Uint8Array(buffer);
  /** How much of the stream is loaded, and where that ends in the memory. */
  let loaded = 0;
  let end = piece;
  let from = piece;
  let to = window;
  const load = () => {
    const rest = end - from;
    memory.copyWithin(piece, from, end);
    const more = bytes.subarray(loaded, loaded + PIECE_BYTES - rest);
    memory.set(more, piece + rest);
    loaded += more.length;
    from = piece;
    end = piece + rest + more.length;
    memory.fill(0, end, end + SLACK);
  };
  load();
  module.begin();
  for (;;) {
    const isLast = loaded === bytes.length;
    const status = module.inflate(from, end, isLast, window, to, window + WINDOW_BYTES + roomBytes);
    from = module.readTo();
    const written = Math.max(to, module.writtenTo() - (status === STATUS.truncated ? UNSURE_BYTES : 0));
    yield { memory: buffer, from: to, to: written };
    const more = written - to;
    to = written;
    if (isTooLarge(more)) return TOO_LARGE;
    if (status === STATUS.done) return loaded - (end - from);
    if (status === STATUS.moreInput) load();
    else if (status === STATUS.moreRoom) {
      memory.copyWithin(window, to - WINDOW_BYTES, to);
      to = window + WINDOW_BYTES;
    } else return status === STATUS.truncated ? CUT_OFF : DAMAGED;
  }
}

/** Start of the deflated bytes after the header at `at`. */
function bodyOf(bytes: Uint8Array, at: number, compression: Compression): { at: number } | Skip {
  if (compression === 'gzip') return bodyOfGzip(bytes, at);
  if (compression === 'raw') return bytes.length > 0 ? { at } : CUT_OFF;
  // RFC 1950: method 8, window at most 32 KB, header a multiple of 31.
  if (bytes.length < 2) return CUT_OFF;
  const [method, flags] = bytes;
  if ((method & 15) !== 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 !== 0) return DAMAGED;
  return flags & 32 ? { code: 'malformed', detail: 'compressed with a preset dictionary' } : { at: 2 };
}

/** RFC 1952: ten bytes, then an extra field, name, comment and checksum where the flags say so. */
function bodyOfGzip(bytes: Uint8Array, start: number): { at: number } | Skip {
  if (start + 10 > bytes.length) return CUT_OFF;
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || bytes[start + 2] !== 8) return DAMAGED;
  const flags = bytes[start + 3];
  let at = start + 10;
  if (flags & 4) at += 2 + (bytes[at] | (bytes[at + 1] << 8));
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    while (at < bytes.length && bytes[at] !== 0) at++;
    at++;
  }
  if (flags & 2) at += 2;
  return at < bytes.length ? { at } : CUT_OFF;
}

/** gzip ends with the uncompressed size (RFC 1952): a good guess, but untrusted. */
function firstGuess(bytes: Uint8Array, compression: Compression): number {
  const few = 4 * bytes.length;
  if (compression !== 'gzip' || bytes.length < 18) return few;
  const declared = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  return Math.min(declared, LIMITS.inflatedFreely + few);
}

/** `chunks` one after the other; `length` is their total. */
export function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
