/**
 * Codecs compiled to WASM (Emscripten), loaded on first use: the glue by a dynamic import, the .wasm file by the glue
 * itself from the URL beside our code. A bundler turns that URL into an asset of the page's own origin; Node reads it
 * from disk. So hosts pass nothing in, and a policy of `connect-src 'self'` holds.
 */
/// <reference path="./modules.d.ts" />

import { LIMITS } from '../bytes/limits.ts';
import type { Skip } from '../skip.ts';
import type { FrameSize } from './size.ts';

/** The C++ class that each of these packages exports. */
type Decoder = {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): StreamInfo;
  getInterleaveMode?(): number;
  delete(): void;
};

type StreamInfo = {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned?: boolean;
};

type Runtime = { HEAPU8: Uint8Array } & Record<string, new () => Decoder>;

/** An Emscripten module factory. */
export type RuntimeFactory = (options: {
  locateFile: () => string;
  print: () => void;
  printErr: () => void;
}) => Promise<unknown>;

/** A decoded stream of the expected size; `bytes` are little endian. */
export type DecodedStream = {
  bytes: Uint8Array<ArrayBuffer>;
  precision: number;
  signed: boolean;
  interleaveMode: number | null;
};

export type StreamDecoder = (stream: Uint8Array, size: FrameSize) => Promise<DecodedStream | Skip>;

/**
 * A decoder of whole streams. It may throw any value: Emscripten throws plain numbers. `sampleBytes` is the memory
 * that decoding takes for each sample of an image, measured.
 */
export function wasmDecoder(
  className: string,
  sampleBytes: number,
  factory: () => Promise<{ default: RuntimeFactory }>,
  wasm: () => URL,
): StreamDecoder {
  let runtime: Promise<Runtime> | null = null;

  const load = async () => {
    const create = (await factory()).default;
    // The C code prints header values; these must not reach a console.
    const quiet = () => {};
    return (await create({ locateFile: () => wasm().href, print: quiet, printErr: quiet })) as Runtime;
  };

  return async (stream, size) => {
    if (size.rows * size.columns * size.samples * sampleBytes > LIMITS.codecBytes) {
      return { code: 'too-large', detail: 'memory to decode it' };
    }
    runtime ??= load();
    const loaded = await runtime.catch(() => null);
    if (!loaded) {
      runtime = null;
      return { code: 'transfer-syntax', detail: 'its decoder could not be loaded' };
    }
    try {
      const decoded = decodeOnce(new loaded[className](), stream, size);
      if (loaded.HEAPU8.length > LIMITS.codecHeapBytes) runtime = null;
      return decoded;
    } catch (error) {
      // After a trap or a C++ exception the heap is in an unknown state.
      runtime = null;
      throw error;
    }
  };
}

/** Broken streams can "succeed" with 0×0 pixels: the result is checked against the stream's header. */
function decodeOnce(decoder: Decoder, stream: Uint8Array, size: FrameSize): DecodedStream | Skip {
  decoder.getEncodedBuffer(stream.length).set(stream);
  decoder.decode();
  const { width, height, componentCount, bitsPerSample, isSigned = false } = decoder.getFrameInfo();
  const interleaveMode = decoder.getInterleaveMode?.() ?? null;
  const bytes = new Uint8Array(decoder.getDecodedBuffer());
  decoder.delete();
  const { rows, columns, samples } = size;
  const expected = rows * columns * samples * (bitsPerSample > 8 ? 2 : 1);
  if (height !== rows || width !== columns || componentCount !== samples || bytes.length !== expected) {
    return { code: 'malformed', detail: 'decoded size' };
  }
  return { bytes, precision: bitsPerSample, signed: isSigned, interleaveMode };
}
