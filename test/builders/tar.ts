/** Writes tar archives: ustar, with GNU's and pax' records for long names. */
import { concat } from './dicom.ts';

export type TarPart = { name: string; content: Uint8Array; type?: string; sizeField?: Uint8Array };

const BLOCK = 512;

export function tarFile(parts: readonly TarPart[], end = true): Uint8Array<ArrayBuffer> {
  const blocks = parts.flatMap(({ name, content, type = '0', sizeField }) => [
    header(name, content.length, type, sizeField),
    content,
    new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return concat([...blocks, new Uint8Array(end ? 2 * BLOCK : 0)]) as Uint8Array<ArrayBuffer>;
}

function header(name: string, size: number, type: string, sizeField?: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => bytes.set(new TextEncoder().encode(text), at);
  put(name, 0);
  put('0000644\0', 100);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  if (sizeField) bytes.set(sizeField, 124);
  put(type, 156);
  put('ustar\x0000', 257);
  put('        ', 148);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}
