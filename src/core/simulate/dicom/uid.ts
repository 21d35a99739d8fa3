/** Unique identifiers below 2.25 (PS3.5 B.2): a UUID as a decimal number, with bits from a seed instead of chance. */
import { hash32 } from '../../random.ts';

/** The kinds of UID: different kinds give different identifiers for the same seed. */
export const UID_OF = { study: 1, series: 2, frame: 3, instance: 4, device: 5 } as const;

export function uid(seed: number, of: keyof typeof UID_OF, number = 0): string {
  const stream = UID_OF[of] * 0x10000000;
  const words = [0, 1, 2, 3].map((part) => BigInt(hash32(seed, stream + part, number)));
  let value = words.reduce((all, word) => (all << 32n) | word, 0n);
  // Version 8, which leaves the other bits free, and the variant of RFC 9562.
  value = (value & ~(0xfn << 76n)) | (8n << 76n);
  value = (value & ~(3n << 62n)) | (2n << 62n);
  return `2.25.${value}`;
}
