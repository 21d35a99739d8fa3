/** Protocol Buffers, as far as ONNX needs them for writing (protobuf.dev/programming-guides/encoding); weights are not copied. */

/** The bytes of a message, in order. */
export type Message = readonly Uint8Array<ArrayBuffer>[];

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

const utf8 = new TextEncoder();

/** @param value a whole number from 0 to 2⁵³ − 1 */
export function integer(field: number, value: number): Message {
  return [Uint8Array.from([...varint(field * 8 + VARINT), ...varint(value)])];
}

export function float(field: number, value: number): Message {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [Uint8Array.from([...varint(field * 8 + FIXED32), ...bytes])];
}

export function text(field: number, value: string): Message {
  return message(field, [utf8.encode(value)]);
}

export function message(field: number, content: Message): Message {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...varint(field * 8 + LENGTH_DELIMITED), ...varint(length)]), ...content];
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}
