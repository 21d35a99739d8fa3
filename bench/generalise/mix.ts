/**
 * Mixup (Zhang 2018) and CutMix (Yun 2019) with one label for each picture: it is drawn by its share of the mixture, so that
 * the loss is on average that of both labels. Pure.
 */
import type { Random } from '../../src/core/random.ts';

/** Changes `own`; returns whether its label is now the other's. */
export function mixInto(own: Uint8Array, other: Uint8Array, kind: 'mixup' | 'cutmix', draw: Random): boolean {
  const share = draw.uniform();
  if (kind === 'mixup') {
    for (let i = 0; i < own.length; i++) own[i] = Math.round(own[i] + share * (other[i] - own[i]));
    return draw.uniform() < share;
  }
  const side = Math.round(Math.sqrt(own.length));
  const edge = Math.round(side * Math.sqrt(share));
  const left = draw.integer(side - edge + 1);
  const top = draw.integer(side - edge + 1);
  for (let y = top; y < top + edge; y++) {
    const from = y * side + left;
    own.set(other.subarray(from, from + edge), from);
  }
  return draw.uniform() < (edge * edge) / own.length;
}
