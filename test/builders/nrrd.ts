/** NRRD files made from their fields. */
import { concat } from './dicom.ts';

const FIELDS = { type: 'uint8', dimension: 3, sizes: '4 3 2', encoding: 'raw', endian: 'little' };

/** A header with these fields beside the usual ones; `null` leaves one out. */
export function nrrdHeader(fields: Record<string, string | number | null> = {}, newline = '\n'): Uint8Array {
  const all = Object.entries({ ...FIELDS, ...fields }).filter(([, value]) => value !== null);
  const lines = ['NRRD0004', '# made by code', ...all.map(([name, value]) => `${name}: ${value}`), '', ''];
  return new TextEncoder().encode(lines.join(newline));
}

export function nrrdFile(
  fields: Record<string, string | number | null>,
  pixels: Uint8Array,
  newline = '\n',
): Uint8Array {
  return concat([nrrdHeader(fields, newline), pixels]);
}
