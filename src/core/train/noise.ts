/** Wrong labels on purpose, to see what a training makes of them. Stored labels stay as they are. */
import { hash32 } from '../random.ts';

/** Streams of the draws: whether a label is replaced, and by which. */
const WHETHER = 0x6e01;
const WHICH = 0x6e02;

/**
 * Labels of which about `share` (0 to 1) are replaced, each by one of the other labels that occur, all equally likely:
 * symmetric noise (Patrini et al., CVPR 2017, section 3). Draws depend on the seed and the place in the table alone.
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
