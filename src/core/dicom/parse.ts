/**
 * Opens a DICOM file: finds its start, its transfer syntax and the elements before its pixels (PS3.10 section 7).
 */

import { inflate } from '../bytes/inflate.ts';
import { isSkip, type Skip } from '../skip.ts';
import { type Dicom, dataSet, note, text } from './dataSet.ts';
import { isVr } from './element.ts';
import { takeLaterImage } from './later.ts';
import { hasMagic, MAGIC_BYTES, PREAMBLE_BYTES } from './magic.ts';
import { syntaxOf, undecodedName } from './syntax.ts';
import { TAGS } from './tags.ts';
import { walk } from './walk.ts';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';

/** Recognises the magic after the preamble, and files that begin with their first element. */
export function isDicom(head: Uint8Array): boolean {
  return hasMagic(head) || startsBare(head);
}

/** @param size of the whole file, if `file` is its beginning: pixels may be missing then */
export function parse(file: Uint8Array, size = file.length): Dicom | Skip {
  // The meta information is always explicit little endian; its group length is often wrong.
  const meta = dataSet(file, true, size);
  const first = hasMagic(file) ? MAGIC_BYTES : 0;
  const start = walk(meta, first, false, (tag) => tag >>> 16 !== 2);
  if (typeof start !== 'number') return start;
  if (start + 8 > file.length) return { code: 'truncated' };

  const syntaxUid = text(meta, TAGS.transferSyntax) || guessSyntax(file, start);
  const syntax = syntaxOf(syntaxUid);
  if (!syntax) return { code: 'transfer-syntax', detail: undecodedName(syntaxUid) };
  const bytes = syntax.deflated ? inflateBody(file, start) : file;
  if (isSkip(bytes)) return bytes;

  const body = dataSet(bytes, syntax.littleEndian, syntax.deflated ? bytes.length : size);
  body.bigEndianPixels = syntax.bigEndianPixels ?? false;
  if (syntax.deviation) note(body, syntax.deviation);
  const from = syntax.deflated ? 0 : start;
  // Some writers declare explicit VRs and write implicit ones, or the reverse: trust the first element.
  const implicit = !isVr(bytes, from + 4);
  const end = walk(body, from, implicit, () => false);
  if (typeof end !== 'number') return end;
  takeLaterImage(body, implicit);
  const layout = { meta: first, metaEnd: start, body: from, implicit };
  return { meta, body, syntax, syntaxUid, layout };
}

/** Whether the first element is of group 2 or 8 and has an explicit VR or (implicit) a short even length. */
function startsBare(head: Uint8Array): boolean {
  if (head.length < PREAMBLE_BYTES) return false;
  const { view } = dataSet(head, true);
  return [true, false].some((littleEndian) => {
    const group = view.getUint16(0, littleEndian);
    const element = view.getUint16(2, littleEndian);
    if ((group !== 2 && group !== 8) || element > 0x0070) return false;
    const length = view.getUint32(4, littleEndian);
    return isVr(head, 4) || (length <= 256 && length % 2 === 0);
  });
}

/** For files that don't name their transfer syntax: group numbers are small, and VRs are letters. */
function guessSyntax(file: Uint8Array, at: number): string {
  if (file[at] === 0 && file[at + 1] !== 0) return BIG_ENDIAN;
  return isVr(file, at + 4) ? EXPLICIT : IMPLICIT;
}

/** Deflated syntaxes hold a raw stream (PS3.5 A.5); some writers wrap it in the header of zlib or gzip. */
function inflateBody(file: Uint8Array, at: number): Uint8Array | Skip {
  const zlib = (file[at] & 0x0f) === 8 && ((file[at] << 8) | file[at + 1]) % 31 === 0;
  const gzip = file[at] === 0x1f && file[at + 1] === 0x8b;
  return inflate(file.subarray(at), gzip ? 'gzip' : zlib ? 'zlib' : 'raw');
}
