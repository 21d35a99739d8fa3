/** Replaces labels by wrong ones on purpose, to see the effect on training. Stored labels are not changed. */
import { hash32 } from '../random.ts';

/** Streams of the draws: whether a label is replaced, and by which. */
const WHETHER = 0x6e01;
const WHICH = 0x6e02;

/**
 * About `share` (0 to 1) of the labels are replaced, each by another occurring label, all equally likely:
 * symmetric noise (Patrini et al., CVPR 2017, section 3). Draws depend only on the seed and the index in the table.
 */
export function noisyLabels(labels: Uint8Array, share: number, seed: number): Uint8Array {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  if (share <= 0 || present.length < 2) return labels;
  return labels.map((label, at) => {
    if (hash32(seed, WHETHER, at) / 2 ** 32 >= share) return label;
    const others = present.filter((other) => other !== label);
    return others[hash32(seed, WHICH, at) % others.length];
  });
}
