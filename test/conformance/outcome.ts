/** What becomes of a file: how many slices, which skips, and everything that might be kept of it besides pixels. */

import { decodeFile } from '../../src/core/formats/decode.ts';
import { isSkip, SKIP_CODES, type Skip } from '../../src/core/skip.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';

export type Outcome = {
  slices: number;
  skips: Skip[];
  /** Skips and facts as text: all that may leave the file besides pixels. */
  stored: string;
  /** Identifiers, which only a keyed hash of leaves. */
  identity: string;
};

/** Throws what `decodeFile` throws, which should be nothing. */
export async function outcomeOf(bytes: Uint8Array): Promise<Outcome> {
  const found: Outcome = { slices: 0, skips: [], stored: '', identity: '' };
  for await (const result of decodeFile(bytes, { antialias: false })) {
    if (isSkip(result)) {
      found.skips.push(result);
      found.stored += JSON.stringify(result);
    } else {
      found.slices++;
      found.stored += JSON.stringify(result.facts);
      found.identity += JSON.stringify(result.identity);
      if (result.slice.length !== SLICE_BYTES) throw new Error('a slice of another size');
    }
  }
  return found;
}

/** null for slices and named skips; else what is wrong. */
export function unnamed({ slices, skips }: Outcome): string | null {
  if (slices + skips.length === 0) return 'nothing';
  const unknown = skips.find(({ code }) => !Object.hasOwn(SKIP_CODES, code));
  return unknown ? `unknown code ${unknown.code}` : null;
}
