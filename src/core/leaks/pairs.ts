/** Pairs of slices that were found to be copies, each once, and how each is turned. */
import type { Copy } from './copies.ts';
import { inverseOf } from './symmetry.ts';

/** `symmetry`: under which `slice` looks like `other`. */
export type Pair = Copy & { symmetry: number };

export type Pairs = {
  add(slice: number, other: number, symmetry: number, likeness: number): void;
  has(slice: number, other: number): boolean;
  all(): Pair[];
};

/** @param count number of slices */
export function createPairs(count: number): Pairs {
  const pairs = new Map<number, Pair>();
  const keyOf = (a: number, b: number) => Math.min(a, b) * count + Math.max(a, b);
  return {
    add: (slice, other, symmetry, likeness) => {
      pairs.set(
        keyOf(slice, other),
        slice < other
          ? { slice, other, symmetry, likeness }
          : { slice: other, other: slice, symmetry: inverseOf(symmetry), likeness },
      );
    },
    has: (slice, other) => pairs.has(keyOf(slice, other)),
    all: () => [...pairs.values()],
  };
}
