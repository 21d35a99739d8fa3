/**
 * Copied volumes are completed from the slices that were found: if a slice is a copy, the slices beside it may be copies of
 * those beside its original, turned alike. In a volume that hardly changes from slice to slice (a phantom, a vessel), its
 * other slices crowd a slice's original out of the candidates; their order does not.
 */
import type { Pace } from './pace.ts';
import type { Pairs } from './pairs.ts';
import { NONE, type Pictures } from './pictures.ts';

/** @param check whether two slices are copies, the first one turned so */
export async function grow(
  pairs: Pairs,
  { before, after, plain }: Pick<Pictures, 'before' | 'after' | 'plain'>,
  check: (slice: number, other: number, symmetry: number) => { value: number; isCopy: boolean },
  pace: Pick<Pace, 'yieldToEventLoop' | 'signal'>,
): Promise<void> {
  const queue = pairs.all();
  const refused = new Set<string>();
  for (let pair = queue.pop(); pair; pair = queue.pop()) {
    await pace.yieldToEventLoop();
    pace.signal.throwIfAborted();
    const { symmetry } = pair;
    // A copy may be stored from the last slice to the first.
    for (const [a, b] of [
      [before[pair.slice], before[pair.other]],
      [after[pair.slice], after[pair.other]],
      [before[pair.slice], after[pair.other]],
      [after[pair.slice], before[pair.other]],
    ]) {
      if (a === NONE || b === NONE || plain[a] || plain[b] || pairs.has(a, b)) continue;
      const asked = `${a} ${b} ${symmetry}`;
      if (refused.has(asked)) continue;
      const { value, isCopy } = check(a, b, symmetry);
      if (!isCopy) {
        refused.add(asked);
        continue;
      }
      pairs.add(a, b, symmetry, value);
      queue.push({ slice: a, other: b, symmetry, likeness: value });
    }
  }
}
