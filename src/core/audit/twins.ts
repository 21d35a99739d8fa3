/** Nearly the same picture under two labels: slices whose perceptual hashes differ in at most three bits. */
import { HASH_WORDS, hammingDistance } from './phash.ts';

/** Of two hashes that differ in at most 3 bits, one of 4 bands is equal. */
export const MOST_BITS = 3;
const BANDS = 4;

/** A larger bucket holds plain pictures, which resemble many: each is compared with this many that follow it. */
const MOST_COMPARED = 256;

/** Slice `of` under one label, and the nearest slice under another. */
export type Twin = { of: number; other: number; bits: number };

/**
 * The nearest twin of each slice that has one. Compares within buckets of equal bands, not all pairs.
 * @param hashes HASH_WORDS a slice
 * @param label slices of `unlabelled` or above have no label and no twin
 */
export function findTwins(hashes: Uint32Array, label: ArrayLike<number>, unlabelled: number): Twin[] {
  const count = hashes.length / HASH_WORDS;
  const nearest = new Map<number, Twin>();
  const note = (of: number, other: number, bits: number) => {
    const known = nearest.get(of);
    if (!known || bits < known.bits) nearest.set(of, { of, other, bits });
  };
  const usable = Uint32Array.from({ length: count }, (_, i) => i).filter(
    (i) => label[i] < unlabelled && !isPlain(hashes, i),
  );
  for (let band = 0; band < BANDS; band++) {
    const bandOf = (i: number) => (hashes[i * HASH_WORDS + (band >> 1)] >>> (16 * (band & 1))) & 0xffff;
    const order = usable.toSorted((a, b) => bandOf(a) - bandOf(b) || a - b);
    for (let from = 0; from < order.length; from++) {
      const i = order[from];
      const until = Math.min(order.length, from + 1 + MOST_COMPARED);
      for (let at = from + 1; at < until && bandOf(order[at]) === bandOf(i); at++) {
        const j = order[at];
        if (label[i] === label[j]) continue;
        const bits = hammingDistance(hashes, i, j);
        if (bits > MOST_BITS) continue;
        note(i, j, bits);
        note(j, i, bits);
      }
    }
  }
  return [...nearest.values()].sort((a, b) => a.of - b.of);
}

/** A hash without bits is of a slice without structure. */
function isPlain(hashes: Uint32Array, i: number): boolean {
  return hashes[i * HASH_WORDS] === 0 && hashes[i * HASH_WORDS + 1] === 0;
}
