/** The head of an element: tag, VR and length (PS3.5 7.1). */
import type { Skip } from '../skip.ts';
import { type DataSet, type Element, note } from './dataSet.ts';
import { UNDEFINED_LENGTH } from './tags.ts';

/** VRs with two reserved bytes and a 32-bit length (PS3.5 7.1.2). */
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/** Group of items and delimiters. */
const DELIMITERS = 0xfffe;

/** Two capital letters. Unknown VRs are skipped like short ones, as in other readers. */
export function isVr(bytes: Uint8Array, at: number): boolean {
  const [a, b] = [bytes[at], bytes[at + 1]];
  return a >= 0x41 && a <= 0x5a && b >= 0x41 && b <= 0x5a;
}

/** Locates the value. An element without a VR may stand among others that have one. */
export function readElement(data: DataSet, at: number, implicit: boolean): Element | Skip {
  const { bytes, view, littleEndian } = data;
  if (!implicit && !isVr(bytes, at + 4) && isShort(data, at)) {
    note(data, 'odd-vr');
    return { vr: '', start: at + 8, length: view.getUint16(at + 6, littleEndian) };
  }
  if (implicit || !isVr(bytes, at + 4)) {
    return { vr: '', start: at + 8, length: view.getUint32(at + 4, littleEndian) };
  }
  const vr = String.fromCharCode(bytes[at + 4], bytes[at + 5]);
  if (!LONG_VRS.has(vr)) return { vr, start: at + 8, length: view.getUint16(at + 6, littleEndian) };
  if (at + 12 > bytes.length) return { code: 'truncated' };
  return { vr, start: at + 12, length: view.getUint32(at + 8, littleEndian) };
}

/**
 * Whether an invalid VR ("??", blanks, zeros) is followed by a 16-bit length. Such a length leads to another element;
 * the 32-bit length of an element without a VR does not.
 */
function isShort({ bytes, view, littleEndian }: DataSet, at: number): boolean {
  const goesOn = (length: number) => {
    const next = at + 8 + length;
    if (next === bytes.length) return true;
    if (length % 2 !== 0 || next + 8 > bytes.length) return false;
    return view.getUint16(next, littleEndian) === DELIMITERS || isVr(bytes, next + 4);
  };
  const whole = view.getUint32(at + 4, littleEndian);
  return whole !== UNDEFINED_LENGTH && !goesOn(whole) && goesOn(view.getUint16(at + 6, littleEndian));
}
