/** JPEG-LS, lossless and near-lossless (CharLS). */
import { readNumbers } from '../bytes/numbers.ts';
import { isSkip } from '../skip.ts';
import { frameHeader, SOS, segments } from './markers.ts';
import { differs } from './size.ts';
import type { Codec } from './types.ts';
import { wasmDecoder } from './wasm.ts';

/** For 16 bits; 8 bits take half. */
const SAMPLE_BYTES = 5.7;

const decodeStream = wasmDecoder(
  'JpegLSDecoder',
  SAMPLE_BYTES,
  () => import('@cornerstonejs/codec-charls/decodewasmjs'),
  () =>
    new URL('../../../node_modules/@cornerstonejs/codec-charls/dist/charlswasm_decode.wasm', import.meta.url),
);

const SOF55 = 0xf7;
/** CharLS returns planar components if the stream is planar. */
const NOT_INTERLEAVED = 0;

export const jpegLs: Codec = {
  meta: {
    name: 'jpegLs',
    label: 'JPEG-LS',
    syntaxes: ['1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.81'],
  },

  async decode(bytes, promised) {
    const header = frameHeader(bytes);
    if (header?.marker !== SOF55) return { code: 'malformed', detail: 'JPEG-LS header' };
    const wrong = differs(header, promised);
    if (wrong) return wrong;
    const decoded = await decodeStream(bytes, header);
    if (isSkip(decoded)) return decoded;
    const { precision, interleaveMode } = decoded;
    const { rows, columns, samples } = header;
    const count = rows * columns * samples;
    const values = readNumbers(decoded.bytes, 0, count, precision > 8 ? 'uint16' : 'uint8', true);
    const planar = interleaveMode === NOT_INTERLEAVED;
    return { values, samples, planar, precision, lossy: isNear(bytes), rgb: false };
  },
};

/** NEAR of the first scan (T.87 C.2.3): the largest difference from the original. */
function isNear(bytes: Uint8Array): boolean {
  for (const { marker, start } of segments(bytes, true)) {
    if (marker === SOS) return bytes[start + 1 + 2 * bytes[start]] > 0;
  }
  return false;
}
