/** Encoders compiled to WASM: JPEG-LS (CharLS) and JPEG 2000 (OpenJPEG), both without loss. Loaded on first use. */
/// <reference path="./modules.d.ts" />

/** The C++ class that each of these packages exports. */
type Encoder = {
  getDecodedBuffer(frame: {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
    isUsingColorTransform: boolean;
  }): Uint8Array;
  setNearLossless?(levels: number): void;
  setQuality?(lossless: boolean, ratio: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
};

type Runtime = Record<string, new () => Encoder>;

/** An Emscripten module factory. */
export type RuntimeFactory = (options: {
  locateFile: () => string;
  print: () => void;
  printErr: () => void;
}) => Promise<unknown>;

export type FrameLayout = { rows: number; columns: number; precision: number; signed: boolean };
export type StreamEncoder = (
  values: Uint8Array | Int8Array | Uint16Array | Int16Array,
  layout: FrameLayout,
) => Promise<Uint8Array<ArrayBuffer>>;

function wasmEncoder(
  className: string,
  factory: () => Promise<{ default: RuntimeFactory }>,
  wasm: () => URL,
): StreamEncoder {
  let runtime: Promise<Runtime> | null = null;
  const load = async () => {
    const create = (await factory()).default;
    const quiet = () => {};
    return (await create({ locateFile: () => wasm().href, print: quiet, printErr: quiet })) as Runtime;
  };
  return async (values, { rows, columns, precision, signed }) => {
    runtime ??= load();
    const encoder = new (await runtime)[className]();
    encoder
      .getDecodedBuffer({
        width: columns,
        height: rows,
        bitsPerSample: precision,
        componentCount: 1,
        isSigned: signed,
        isUsingColorTransform: false,
      })
      .set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    encoder.setNearLossless?.(0);
    encoder.setQuality?.(true, 0);
    encoder.encode();
    const stream = new Uint8Array(encoder.getEncodedBuffer());
    encoder.delete();
    return stream;
  };
}

/** Values of 9 bits and more take 16 bits, unsigned. */
export const encodeJpegLs = wasmEncoder(
  'JpegLSEncoder',
  () => import('@cornerstonejs/codec-charls/wasmjs'),
  () => new URL('../../../../node_modules/@cornerstonejs/codec-charls/dist/charlswasm.wasm', import.meta.url),
);

export const encodeJpeg2000 = wasmEncoder(
  'J2KEncoder',
  () => import('@cornerstonejs/codec-openjpeg/wasmjs'),
  () =>
    new URL('../../../../node_modules/@cornerstonejs/codec-openjpeg/dist/openjpegwasm.wasm', import.meta.url),
);
