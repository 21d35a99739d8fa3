/** JPEG 2000 and High-Throughput JPEG 2000, lossless and lossy (OpenJPEG). */
import { LIMITS } from '../bytes/limits.ts';
import { readNumbers } from '../bytes/numbers.ts';
import { isSkip } from '../skip.ts';
import { differs, type FrameSize } from './size.ts';
import type { Codec } from './types.ts';
import { wasmDecoder } from './wasm.ts';

/** OpenJPEG holds every sample as 32 bits, twice. */
const SAMPLE_BYTES = 10.5;

const decodeStream = wasmDecoder(
  'J2KDecoder',
  SAMPLE_BYTES,
  () => import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
  () =>
    new URL(
      '../../../node_modules/@cornerstonejs/codec-openjpeg/dist/openjpegwasm_decode.wasm',
      import.meta.url,
    ),
);

const SOC_SIZ = 0xff4fff51;
const JP2_SIGNATURE_BOX = 0x0000000c;
const COD = 0xff52;
const SOT = 0xff90;
const IRREVERSIBLE = 0;
const JP2C = 0x6a703263;
/** ITU-T T.800 A.4.2: the tile index has 16 bits. */
const MAX_TILES = 65_535;

export const jpeg2000: Codec = {
  meta: {
    name: 'jpeg2000',
    label: 'JPEG 2000',
    syntaxes: [
      '1.2.840.10008.1.2.4.90',
      '1.2.840.10008.1.2.4.91',
      '1.2.840.10008.1.2.4.201',
      '1.2.840.10008.1.2.4.202',
      '1.2.840.10008.1.2.4.203',
    ],
  },

  async decode(bytes, promised) {
    const stream = sizeSegment(bytes);
    if (!stream || stream.tiles > MAX_TILES) return { code: 'malformed', detail: 'JPEG 2000 header' };
    if (stream.rows * stream.columns > LIMITS.pixels) return { code: 'too-large', detail: 'rows × columns' };
    if (stream.precision > 16) return { code: 'pixel-layout', detail: 'bits per pixel' };
    const wrong = differs(stream, promised);
    if (wrong) return wrong;
    // The decoder gets their colours wrong; of the readers tried only Pillow came close, for one file.
    if (stream.isSubsampled) return { code: 'pixel-layout', detail: 'subsampled colours' };
    const shifted = isSignedByte(stream);
    const decoded = await decodeStream(shifted ? asUnsigned(bytes, stream) : bytes, stream);
    if (isSkip(decoded)) return decoded;
    const { precision } = decoded;
    const signed = decoded.signed && !shifted;
    const { rows, columns, samples } = stream;
    const wide = precision > 8;
    const kind = signed ? (wide ? 'int16' : 'int8') : wide ? 'uint16' : 'uint8';
    const values = readNumbers(decoded.bytes, 0, rows * columns * samples, kind, true);
    const lossy = isIrreversible(bytes);
    // Without a colour transform the header names the components' colours (PS3.5 8.2.4).
    const rgb = samples === 3 && !(promised.photometric.startsWith('YBR_FULL') && !isTransformed(bytes));
    if (shifted) {
      const back = Int8Array.from(values, (value) => value - 2 ** (precision - 1));
      return { values: back, samples, planar: false, precision, lossy, rgb };
    }
    return { values, samples, planar: false, precision, lossy, rgb };
  },
};

type Siz = FrameSize & {
  precision: number;
  tiles: number;
  signs: readonly boolean[];
  signsAt: number;
  isSubsampled: boolean;
};

/** The library clamps negative values of signed components up to 8 bits to 0. */
function isSignedByte({ precision, signs }: Siz): boolean {
  return precision <= 8 && signs.every(Boolean);
}

/** A copy marked unsigned: the output is higher by half the range, otherwise equal (T.800 G.1.2). */
function asUnsigned(bytes: Uint8Array, { signs, signsAt }: Siz): Uint8Array {
  const copy = bytes.slice();
  for (let i = 0; i < signs.length; i++) copy[signsAt + 3 * i] &= 0x7f;
  return copy;
}

/** The SIZ segment (ITU-T T.800 A.5.1) of a codestream, raw or in a JP2 file. */
function sizeSegment(bytes: Uint8Array): Siz | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = codestreamAt(view);
  if (at === null || at + 43 > bytes.length || view.getUint32(at) !== SOC_SIZ) return null;
  const [xSize, ySize, xOffset, yOffset, tileX, tileY, tileXOffset, tileYOffset] = Array.from(
    { length: 8 },
    (_, i) => view.getUint32(at + 8 + 4 * i),
  );
  const samples = view.getUint16(at + 40);
  const signsAt = at + 42;
  const seen = Math.min(samples, Math.floor((bytes.length - signsAt) / 3));
  return {
    signs: Array.from({ length: seen }, (_, i) => (bytes[signsAt + 3 * i] & 0x80) !== 0),
    signsAt,
    // Horizontal and vertical separation of a component's samples.
    isSubsampled: bytes.subarray(signsAt, signsAt + 3 * seen).some((step, i) => i % 3 > 0 && step > 1),
    columns: xSize - xOffset,
    rows: ySize - yOffset,
    samples,
    precision: (view.getUint8(at + 42) & 0x7f) + 1,
    tiles: Math.ceil((xSize - tileXOffset) / tileX) * Math.ceil((ySize - tileYOffset) / tileY),
  };
}

/** A JP2 box is length, type, content; the box "jp2c" holds the codestream. */
function codestreamAt(view: DataView): number | null {
  if (view.byteLength < 12 || view.getUint32(0) !== JP2_SIGNATURE_BOX) return 0;
  for (let at = 0; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === JP2C) return at + 8;
    if (length < 8) return null;
    at += length;
  }
  return null;
}

/** Whether the COD segment names the 9-7 wavelet, which quantised streams use. */
function isIrreversible(bytes: Uint8Array): boolean {
  const at = codingStyleAt(bytes);
  return at !== null && bytes[at + 13] === IRREVERSIBLE;
}

/** Whether the COD segment names a transform of the first three components, RCT or ICT. */
function isTransformed(bytes: Uint8Array): boolean {
  const at = codingStyleAt(bytes);
  return at !== null && bytes[at + 8] !== 0;
}

/** Where the COD segment of the main header (T.800 A.6.1) begins. */
function codingStyleAt(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = (codestreamAt(view) ?? 0) + 2;
  while (at + 14 <= bytes.length) {
    const marker = view.getUint16(at);
    if (marker === COD) return at;
    if (marker === SOT) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Whether the bytes are a codestream, raw or in a JP2 file. */
export function isJpeg2000(bytes: Uint8Array): boolean {
  return sizeSegment(bytes) !== null;
}
