/** A DICOM file (PS3.10 7.1): preamble, meta information in explicit little endian, and the data set in its own syntax. */
import { deflateSync } from 'fflate';
import { concat, letters } from './bytes.ts';
import { type DicomElement, EXPLICIT, writeElement } from './element.ts';
import { SYNTAX, type SyntaxName } from './syntax.ts';

/**
 * @param elements in the order of their tags
 * @param meta group 0002 without its length and the transfer syntax; null: no preamble, magic or meta information
 */
export function dicomBytes(
  elements: readonly DicomElement[],
  syntax: SyntaxName,
  meta: readonly DicomElement[] | null,
): Uint8Array<ArrayBuffer> {
  const encoding = { implicit: syntax === 'implicit', littleEndian: syntax !== 'bigEndian' };
  const plain = concat(elements.map((element) => writeElement(element, encoding)));
  // A zero makes the length even (PS3.5 A.5).
  const body = syntax === 'deflated' ? evenLength(deflateSync(plain)) : plain;
  if (meta === null) return concat([body]);
  const named = [...meta, { tag: 0x00020010, vr: 'UI', value: SYNTAX[syntax] }]
    .sort((a, b) => a.tag - b.tag)
    .map((element) => writeElement(element, EXPLICIT));
  const length = named.reduce((sum, bytes) => sum + bytes.length, 0);
  const group = writeElement({ tag: 0x00020000, vr: 'UL', value: length }, EXPLICIT);
  return concat([new Uint8Array(128), letters('DICM'), group, ...named, body]);
}

function evenLength(bytes: Uint8Array): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : concat([bytes, new Uint8Array(1)]);
}
