/** The slices whose signatures come nearest to one slice's: at most 128, of other datasets. */
import type { Cells } from './cells.ts';
import type { Pictures } from './pictures.ts';
import { BITS, signatureDistance, WORDS } from './signature.ts';

/** Candidates of a slice, and the most bits in which a copy's signature was seen to differ. */
const MOST = 128;
const MOST_BITS = 22;

export type Candidates = {
  count: number;
  slices: Uint32Array;
  bits: Uint8Array;
};

export function createCandidates(): Candidates {
  return { count: 0, slices: new Uint32Array(MOST), bits: new Uint8Array(MOST) };
}

/** Fills `found`, the nearest first. */
export function findCandidates(
  slice: number,
  { signs, dataset }: Pick<Pictures, 'signs' | 'dataset'>,
  { probes, nearest, start, members }: Cells,
  found: Candidates,
): void {
  found.count = 0;
  const own = dataset[slice];
  const at = slice * WORDS;
  let limit = Math.min(MOST_BITS, BITS) + 1;
  for (let probe = 0; probe < probes; probe++) {
    const cell = nearest[slice * probes + probe];
    for (let i = start[cell]; i < start[cell + 1]; i++) {
      const other = members[i];
      if (dataset[other] === own) continue;
      const bits = signatureDistance(signs, at, other * WORDS);
      if (bits >= limit) continue;
      insert(found, other, bits);
      if (found.count === MOST) limit = found.bits[MOST - 1];
    }
  }
}

function insert(found: Candidates, slice: number, bits: number): void {
  let place = found.count < MOST ? found.count++ : MOST - 1;
  for (; place > 0 && found.bits[place - 1] > bits; place--) {
    found.bits[place] = found.bits[place - 1];
    found.slices[place] = found.slices[place - 1];
  }
  found.bits[place] = bits;
  found.slices[place] = slice;
}
