/** JPEG with DCT: 8 bit baseline, extended and progressive by libjpeg-turbo, 12 bit by our own decoder. */
import { isSkip } from '../../formats/types.ts';
import { decodeExtended } from './jpegExtended.ts';
import { frameHeader, segments } from './markers.ts';
import { differs } from './size.ts';
import type { Codec } from './types.ts';
import { wasmDecoder } from './wasm.ts';

/** Of a progressive image; a sequential one takes 3. */
const SAMPLE_BYTES = 4.2;

const decodeStream = wasmDecoder(
  'JPEGDecoder',
  SAMPLE_BYTES,
  () => import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'),
  () =>
    new URL(
      '../../../../node_modules/@cornerstonejs/codec-libjpeg-turbo-8bit/dist/libjpegturbowasm_decode.wasm',
      import.meta.url,
    ),
);

const JFIF = 0xe0;
const ADOBE = 0xee;
const EXTENDED = 0xc1;
const PROGRESSIVE = 0xc2;

export const jpeg: Codec = {
  meta: {
    name: 'jpeg',
    label: 'JPEG',
    syntaxes: ['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51'],
  },

  async decode(bytes, promised) {
    const header = frameHeader(bytes);
    if (!header) return { code: 'malformed', detail: 'JPEG header' };
    const { marker, samples, precision } = header;
    const wrong = differs(header, promised);
    if (wrong) return wrong;
    if (precision === 12 && marker <= EXTENDED && samples === 1) {
      return {
        values: decodeExtended(bytes, header, precision),
        samples,
        planar: false,
        precision,
        rgb: false,
      };
    }
    if (precision !== 8 || marker > PROGRESSIVE) return { code: 'transfer-syntax', detail: 'JPEG process' };
    const keepsRgb = promised.photometric === 'RGB' && !namesColors(bytes);
    const decoded = await decodeStream(keepsRgb ? markRgb(bytes) : bytes, header);
    if (isSkip(decoded)) return decoded;
    return { values: decoded.bytes, samples, planar: false, precision, rgb: samples === 3 };
  },
};

/** Without a JFIF or Adobe marker libjpeg takes three components for YCbCr, where DICOM may say RGB. */
function namesColors(bytes: Uint8Array): boolean {
  return [...segments(bytes)].some(({ marker }) => marker === JFIF || marker === ADOBE);
}

/** An Adobe marker that says "no colour transform", put behind SOI. */
function markRgb(bytes: Uint8Array): Uint8Array {
  const adobe = [0xff, ADOBE, 0, 14, ...new TextEncoder().encode('Adobe'), 0, 100, 0, 0, 0, 0, 0];
  const marked = new Uint8Array(bytes.length + adobe.length);
  marked.set(bytes.subarray(0, 2));
  marked.set(adobe, 2);
  marked.set(bytes.subarray(2), 2 + adobe.length);
  return marked;
}
