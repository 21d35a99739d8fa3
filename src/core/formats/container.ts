/** Recognises archives by their bytes: those opened elsewhere, and those that are only named in the skip reason. */

/** Archives opened by `core/files/archive.ts`. */
export type Opens = 'zip' | 'tar';

const TAR_BLOCK = 512;
const ZIP_LOCAL = [0x50, 0x4b, 3, 4];
const ZIP_END = [0x50, 0x4b, 5, 6];
const ZIP_END_BYTES = 22;
const ZIP_COMMENT_BYTES = 0xffff;

/** Archives that are only named: their magic bytes and offset. */
const OTHERS: readonly { name: string; at: number; bytes: readonly number[] }[] = [
  { name: '7z', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: 'RAR', at: 0, bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { name: 'bzip2', at: 0, bytes: [0x42, 0x5a, 0x68] },
  { name: 'xz', at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] },
  { name: 'Zstandard', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'a disk image', at: 0x8001, bytes: [0x43, 0x44, 0x30, 0x30, 0x31] },
];

/** The archive type of a file that is no image, or null. */
export function containerOf(file: Uint8Array): Opens | { name: string } | null {
  if (startsWith(file, ZIP_LOCAL, 0) || startsWith(file, ZIP_END, 0)) return 'zip';
  if (isTar(file)) return 'tar';
  const other = OTHERS.find(({ at, bytes }) => startsWith(file, bytes, at));
  if (other) return { name: other.name };
  const tail = file.subarray(Math.max(0, file.length - ZIP_END_BYTES - ZIP_COMMENT_BYTES));
  return endsAsZip(tail) ? 'zip' : null;
}

/** Whether an end record of zip closes the bytes: a program may precede an archive (self-extracting). */
export function endsAsZip(tail: Uint8Array): boolean {
  for (let at = tail.length - ZIP_END_BYTES; at >= 0; at--) {
    if (!startsWith(tail, ZIP_END, at)) continue;
    if (at + ZIP_END_BYTES + (tail[at + 20] | (tail[at + 21] << 8)) === tail.length) return true;
  }
  return false;
}

/** A first header with the right checksum, present since Version 7 Unix. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= TAR_BLOCK && head[0] !== 0 && hasTarSum(head.subarray(0, TAR_BLOCK));
}

/** The checksum counts its own eight bytes as spaces. */
export function hasTarSum(header: Uint8Array): boolean {
  const said = octal(header.subarray(148, 156));
  let sum = 8 * 0x20;
  for (let i = 0; i < TAR_BLOCK; i++) if (i < 148 || i >= 156) sum += header[i];
  return said === sum;
}

/** A number in octal digits with spaces or zeros around it; NaN if invalid. */
export function octal(field: Uint8Array): number {
  const digits = String.fromCharCode(...field)
    .replace(/\0.*$/s, '')
    .trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

function startsWith(file: Uint8Array, bytes: readonly number[], at: number): boolean {
  return bytes.every((byte, i) => file[at + i] === byte);
}
