/** From a dropped file's bytes to slices: inflate → sniff → decode → resize → min-max → uint8. */

import { inflate, inflateFirst, inflateHead } from '../bytes/inflate.ts';
import { LIMITS } from '../bytes/limits.ts';
import type { Frame } from '../image/frame.ts';
import { type Preprocess, preprocessor } from '../image/slice.ts';
import { isSkip, type Skip } from '../skip.ts';
import { spread } from '../spread.ts';
import { containerOf } from './container.ts';
import { FORMATS } from './index.ts';
import type {
  DecodeContext,
  Decoded,
  DecodedSlice,
  DecodeOptions,
  FileFacts,
  Format,
  PixelReader,
} from './types.ts';

/** Number of bytes from which formats are recognised. */
const HEAD_BYTES = 4096;

/** One of each, so that buffers are reused between files. */
const preprocess: Record<'plain' | 'antialiased', Preprocess> = {
  plain: preprocessor(false),
  antialiased: preprocessor(true),
};

/**
 * Never throws for bad input: an error of a file or frame is a Skip, and the other frames continue.
 * Throws the signal's reason when aborted.
 */
export function decodeFile(bytes: Uint8Array, options: DecodeOptions): AsyncGenerator<DecodedSlice | Skip> {
  return decodeWith(preprocess[options.antialias ? 'antialiased' : 'plain'], bytes, options);
}

/** The same by another preprocessing. */
export async function* decodeWith(
  toSlice: Preprocess,
  bytes: Uint8Array,
  options: DecodeOptions,
): AsyncGenerator<DecodedSlice | Skip> {
  const decoded = await openFile(bytes, options);
  if (isSkip(decoded)) {
    yield decoded;
    return;
  }
  const { identity, seriesNumber = null, heading } = decoded;
  const factsOf = frameFacts(decoded);
  for await (const frame of chosenFrames(decoded, options)) {
    if (isSkip(frame)) {
      yield frame;
      continue;
    }
    const slice = toSlice(frame);
    if (isSkip(slice)) yield slice;
    else {
      const { index, instanceNumber, colourful } = frame;
      yield {
        slice,
        facts: factsOf(index),
        identity,
        frame: index,
        instanceNumber,
        seriesNumber,
        frameCount: decoded.frameCount,
        ...(heading && { heading }),
        ...(colourful && { colourful }),
      };
    }
  }
  if (decoded.left && !Array.isArray(options.chosen)) yield decoded.left;
}

/** The chosen frames, and nothing else of those that can be had without it. */
async function* chosenFrames(decoded: Decoded, { chosen }: DecodeOptions): AsyncGenerator<Frame | Skip> {
  if (!chosen) {
    yield* decoded.frames();
    return;
  }
  const wanted = 'spread' in chosen ? spread(decoded.frameCount, chosen.spread) : chosen;
  if (!decoded.streamed) {
    for (const index of wanted) {
      for await (const frame of decoded.frames(index)) {
        yield frame;
        break;
      }
    }
    return;
  }
  for await (const frame of decoded.frames()) {
    // The end of a stream that ends early is no frame.
    if (
      isSkip(frame) ? frame.frame === undefined || wanted.includes(frame.frame) : wanted.includes(frame.index)
    )
      yield frame;
  }
}

/** The facts of a frame; equal facts share one object. */
export function frameFacts({ facts, kindOf }: Decoded): (frame: number) => FileFacts {
  if (!kindOf) return () => facts;
  const all = [facts];
  return (frame) => {
    const { imageType, burnedInRisk } = kindOf(frame);
    const known = all.find((one) => one.imageType === imageType && one.burnedInRisk === burnedInRisk);
    if (known) return known;
    const own = { ...facts, imageType, burnedInRisk };
    all.push(own);
    return own;
  };
}

/** Recognises a file by its bytes and reads its header; gzip around any format is removed. */
export async function openFile(bytes: Uint8Array, context: DecodeContext): Promise<Decoded | Skip> {
  context.signal?.throwIfAborted();
  if (bytes.length === 0) return { code: 'empty' };
  if (bytes.length > LIMITS.fileBytes) return { code: 'too-large', detail: 'file' };
  try {
    const decoded = isGzip(bytes) ? await openGzip(bytes, context) : await openContent(bytes, context);
    return context.beginning ? ofBeginning(decoded, { code: 'too-large', detail: 'inflated size' }) : decoded;
  } catch {
    context.signal?.throwIfAborted();
    // An unexpected error of a format is still only this file's failure.
    return { code: 'malformed' };
  }
}

/** A volume too large to be inflated at once is streamed; other truncated or too large files are read in part. */
async function openGzip(bytes: Uint8Array, context: DecodeContext): Promise<Decoded | Skip> {
  const paired = context.header ? readHeader(context.header) : null;
  const reader = paired ?? readHead(inflateHead(bytes, 'gzip', HEAD_BYTES));
  if (reader && !isSkip(reader) && reader.bytes > LIMITS.inflatedBytes)
    return reader.open({ gzip: bytes }, context);
  const content = inflate(bytes, 'gzip');
  if (!isSkip(content)) return openContent(content, context);
  if (content.code !== 'truncated' && content.code !== 'too-large') return content;
  return ofBeginning(await openContent(inflateFirst(bytes, 'gzip'), context), content);
}

/** The result of a partial file counts only if the format knows how much is missing. */
function ofBeginning(decoded: Decoded | Skip, why: Skip): Decoded | Skip {
  if (isSkip(decoded) || !decoded.left) return why;
  return { ...decoded, left: { ...decoded.left, code: why.code } };
}

async function openContent(content: Uint8Array, context: DecodeContext): Promise<Decoded | Skip> {
  const head = content.subarray(0, HEAD_BYTES);
  const header = context.header ? readHeader(context.header) : null;
  if (header) return isSkip(header) ? header : header.open({ bytes: content }, context);
  const format = FORMATS.find(({ sniff }) => sniff(head));
  if (format) return format.decode(content, context);
  const container = containerOf(content);
  if (container)
    return { code: 'archive', detail: typeof container === 'string' ? container : container.name };
  return { code: context.header === null || readHeader(head) ? 'two-files' : 'not-an-image' };
}

/** Reads the header of a two-file image, gzipped or not; null if no format knows it. */
function readHeader(file: Uint8Array): PixelReader | Skip | null {
  const bytes = isGzip(file) ? inflate(file, 'gzip', LIMITS.pairHeaderBytes) : file;
  return isSkip(bytes) ? null : firstOf((format) => format.readHeader?.(bytes));
}

function readHead(head: Uint8Array): PixelReader | null {
  return firstOf((format) => format.readHead?.(head));
}

function firstOf<T>(read: (format: Format) => T | null | undefined): T | null {
  for (const format of FORMATS) {
    const found = read(format);
    if (found) return found;
  }
  return null;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}
