/** k-nearest neighbours: the shares of the classes among the most alike examples, by Euclidean distance. */
import type { Features } from './baseline.ts';

/** Neighbours that vote. */
export const NEIGHBOURS = 5;

/** @returns shares of the votes, which add up to 1; of equally near examples the earlier one votes */
export function neighbourVotes(
  { dimensions, values }: Features,
  label: Uint8Array,
  classes: number,
  most: number = NEIGHBOURS,
): (asked: Float32Array) => Float64Array {
  const k = Math.min(most, label.length);
  return (asked) => {
    const nearest = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
    const who = new Int32Array(k).fill(-1);
    for (let i = 0; i < label.length; i++) {
      const bound = nearest[k - 1];
      let sum = 0;
      // In parts: most examples are known to be too far before the end.
      for (let from = 0; from < dimensions && sum < bound; from += 32) {
        const to = Math.min(dimensions, from + 32);
        for (let d = from, at = i * dimensions + from; d < to; d++, at++) {
          const difference = asked[d] - values[at];
          sum += difference * difference;
        }
      }
      if (sum >= bound) continue;
      let place = k - 1;
      for (; place > 0 && nearest[place - 1] > sum; place--) {
        nearest[place] = nearest[place - 1];
        who[place] = who[place - 1];
      }
      nearest[place] = sum;
      who[place] = i;
    }
    const votes = new Float64Array(classes);
    for (const i of who) if (i >= 0) votes[label[i]] += 1 / k;
    return votes;
  };
}
