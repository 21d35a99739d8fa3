/** Proposes splits: whole datasets, about 70/15/15, every class in every split and of two locations if possible. */
import { random } from '../random.ts';
import { SPLITS, type Split } from '../types.ts';
import { createTally, type SplitCandidate, type SplitTally } from './splitTally.ts';

export type { SplitCandidate };

/** The same datasets always get the same proposal. */
export const SPLIT_SEED = 1;

/** Up to so many open datasets, all 3ⁿ splits are compared. */
const ALL_UP_TO = 7;
/** Improvements of a beginning in which all is in train, and of so many drawn ones. */
const DRAWN = 3;
/** Classes counted again by one proposal, at most: bounds its time without a clock. */
const MAX_COUNTED = 6_000_000;

/**
 * Compares all splits of a few datasets; of more, moves and swaps datasets as long as the cost falls. The same datasets,
 * names and seed give the same proposal in any order.
 * @returns the split of every undecided candidate
 */
export function proposeSplits(candidates: readonly SplitCandidate[], seed: number): Map<string, Split> {
  const decided = candidates.filter(({ split }) => split !== null);
  const open = shuffled(
    candidates.filter(({ split }) => split === null),
    seed,
  );
  const tally = createTally([...open, ...decided]);
  for (const [i, { split }] of decided.entries()) tally.move(open.length + i, -1, SPLITS.indexOf(split!));
  const best = open.length <= ALL_UP_TO ? compareAll(tally, open.length) : improve(tally, open.length, seed);
  return new Map(open.map(({ id }, i) => [id, SPLITS[best[i]]]));
}

/** Of equal splits the first, with as many datasets in train as possible. */
function compareAll(tally: SplitTally, n: number): Uint8Array {
  const now = new Uint8Array(n);
  let best = now.slice();
  let least = Number.POSITIVE_INFINITY;
  const visit = (i: number) => {
    if (i === n) {
      if (tally.cost() < least) [best, least] = [now.slice(), tally.cost()];
      return;
    }
    for (let split = 0; split < SPLITS.length; split++) {
      tally.move(i, -1, split);
      now[i] = split;
      visit(i + 1);
      tally.move(i, split, -1);
    }
  };
  visit(0);
  return best;
}

function improve(tally: SplitTally, n: number, seed: number): Uint8Array {
  const draw = random(seed, 1);
  let left = MAX_COUNTED;
  let best = new Uint8Array(n);
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start <= DRAWN && left > 0; start++) {
    const splits = new Uint8Array(n).map(() => (start === 0 ? 0 : draw.integer(SPLITS.length)));
    for (const [i, split] of splits.entries()) tally.move(i, -1, split);
    left = descend(tally, splits, left);
    if (tally.cost() < least) [best, least] = [splits.slice(), tally.cost()];
    for (const [i, split] of splits.entries()) tally.move(i, split, -1);
  }
  return best;
}

/** Moves and swaps until nothing is gained; returns what is left of `budget`. */
function descend(tally: SplitTally, splits: Uint8Array, budget: number): number {
  let left = budget;
  const assign = (i: number, split: number) => {
    tally.move(i, splits[i], split);
    splits[i] = split;
    left -= tally.parts[i].length;
  };
  const swap = (i: number, j: number) => {
    const old = splits[i];
    assign(i, splits[j]);
    assign(j, old);
  };
  for (let before = Number.POSITIVE_INFINITY; tally.cost() < before; ) {
    before = tally.cost();
    for (let i = 0; i < splits.length; i++) {
      for (let split = 0; split < SPLITS.length; split++) {
        if (left <= 0) return 0;
        const [old, cost] = [splits[i], tally.cost()];
        if (split === old) continue;
        assign(i, split);
        if (tally.cost() >= cost) assign(i, old);
      }
      for (let j = i + 1; j < splits.length; j++) {
        if (left <= 0) return 0;
        if (splits[i] === splits[j]) continue;
        const cost = tally.cost();
        swap(i, j);
        if (tally.cost() >= cost) swap(i, j);
      }
    }
  }
  return left;
}

/** Sorted by name and id, then shuffled by the seed. */
function shuffled(candidates: readonly SplitCandidate[], seed: number): SplitCandidate[] {
  const sorted = [...candidates].sort((a, b) => order(a.name, b.name) || order(a.id, b.id));
  const drawn = random(seed).shuffle(Uint32Array.from(sorted.keys()));
  return Array.from(drawn, (i) => sorted[i]);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
