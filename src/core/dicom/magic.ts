/** The mark of a DICOM file: a preamble of 128 bytes, then "DICM" (PS3.10 7.1). */

export const PREAMBLE_BYTES = 128;
export const MAGIC_BYTES = PREAMBLE_BYTES + 4;

export function hasMagic(head: Uint8Array): boolean {
  const [d, i, c, m] = head.subarray(PREAMBLE_BYTES, MAGIC_BYTES);
  return d === 0x44 && i === 0x49 && c === 0x43 && m === 0x4d;
}
