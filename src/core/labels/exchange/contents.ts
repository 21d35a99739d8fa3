/** What slices and series are called in every project: hashes of their stored pixels, which say nothing of a patient. */
import { hex } from '../../hex.ts';
import type { SliceList } from './slices.ts';

/** In hex; null where pixels are damaged. */
export type Contents = {
  /** By slice of a list: SHA-256 of its 224×224 bytes. */
  slices: readonly (string | null)[];
  /** By series: SHA-256 of the sorted hashes of its slices, one a line. The order of slices is of no account. */
  series: readonly (string | null)[];
};

export async function contentsOf(list: SliceList, slices: Contents['slices']): Promise<Contents> {
  const series = list.series.map(async (one) => {
    const hashes = one.slices.map((slice) => slices[slice]);
    return hashes.includes(null) ? null : sha256(new TextEncoder().encode(hashes.sort().join('\n')));
  });
  return { slices, series: await Promise.all(series) };
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
