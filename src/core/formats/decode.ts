/** From a dropped file's bytes to slices: inflate → sniff → decode → resize → min-max → uint8. */
import type { Skip } from '../errors.ts';
import { type Preprocess, preprocessor } from '../image/slice.ts';
import { FORMATS } from './index.ts';
import { inflate } from './inflate.ts';
import { LIMITS } from './limits.ts';
import { openPair, readPairHeader } from './pair.ts';
import { type DecodeContext, type Decoded, type DecodedSlice, type DecodeOptions, isSkip } from './types.ts';

/** Bytes that formats are recognised by. */
const HEAD_BYTES = 4096;

/** One of each, so that buffers last from file to file. */
const preprocess: Record<'plain' | 'antialiased', Preprocess> = {
  plain: preprocessor(false),
  antialiased: preprocessor(true),
};

/**
 * Never throws for bad input: whatever is wrong with a file or a frame is a Skip, and the other frames go on.
 * Throws the signal's reason when aborted.
 */
export async function* decodeFile(
  bytes: Uint8Array,
  options: DecodeOptions,
): AsyncGenerator<DecodedSlice | Skip> {
  const decoded = await openFile(bytes, options);
  if (isSkip(decoded)) {
    yield decoded;
    return;
  }
  const { facts, identity } = decoded;
  const toSlice = preprocess[options.antialias ? 'antialiased' : 'plain'];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) {
      yield frame;
      continue;
    }
    const slice = toSlice(frame);
    if (isSkip(slice)) yield slice;
    else yield { slice, facts, identity, frame: frame.index, instanceNumber: frame.instanceNumber };
  }
}

/** Recognises a file by its bytes and reads its header; gzip around any format is taken off. */
export async function openFile(bytes: Uint8Array, context: DecodeContext): Promise<Decoded | Skip> {
  context.signal?.throwIfAborted();
  if (bytes.length === 0) return { code: 'empty' };
  if (bytes.length > LIMITS.fileBytes) return { code: 'too-large', detail: 'file' };
  const content = isGzip(bytes) ? inflate(bytes, 'gzip') : bytes;
  if (isSkip(content)) return content;
  const head = content.subarray(0, HEAD_BYTES);
  try {
    const header = context.header ? readPairHeader(context.header) : null;
    if (header) return isSkip(header) ? header : openPair(header, content, context);
    const format = FORMATS.find(({ sniff }) => sniff(head));
    if (!format)
      return { code: context.header === null || readPairHeader(head) ? 'two-files' : 'not-an-image' };
    return await format.decode(content, context);
  } catch {
    context.signal?.throwIfAborted();
    // What a format did not foresee is still only this file's failure.
    return { code: 'malformed' };
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}
