/** Proposes a split for new datasets: whole datasets, about 70/15/15, every class in every split if possible. */
import { random } from '../random.ts';
import { type Counts, SPLITS, type Split } from '../types.ts';

export type SplitCandidate = {
  id: string;
  name: string;
  counts: Counts;
  /** Already decided and not changed; null asks for a proposal. */
  split: Split | null;
};

/** The same datasets always get the same proposal. */
export const SPLIT_SEED = 1;

/** Share of a class's slices that each split should get. */
const SHARE: Record<Split, number> = { train: 0.7, validate: 0.15, test: 0.15 };
/**
 * Value of the first, second, … dataset of a class in each split. In order of value: one to learn from, one for the
 * final test, a second to learn from because a single source teaches its scanner, one for validation. Each outweighs
 * any imbalance, which is at most 1.7 per class.
 */
const WORTH: Record<Split, readonly number[]> = { train: [100, 25], test: [30], validate: [20] };
/** Maximum rounds of improvement; usually a handful. */
const MAX_ROUNDS = 50;

/**
 * Starts with everything in train, then moves and swaps datasets as long as the cost falls. The same datasets, names
 * and seed give the same proposal in any order.
 * @returns the split of every undecided candidate
 */
export function proposeSplits(candidates: readonly SplitCandidate[], seed: number): Map<string, Split> {
  const open = shuffled(
    candidates.filter(({ split }) => split === null),
    seed,
  );
  const classes = classesOf(candidates);
  const tally = emptyTally(classes);
  for (const { counts, split } of candidates) count(tally, classes, counts, split ?? 'train', 1);
  const splits = open.map((): Split => 'train');
  let best = cost(tally);

  const assign = (i: number, split: Split) => {
    count(tally, classes, open[i].counts, splits[i], -1);
    count(tally, classes, open[i].counts, split, 1);
    splits[i] = split;
  };
  /** Keeps a change if the cost falls, else undoes it. */
  const consider = (change: () => void, back: () => void) => {
    change();
    const now = cost(tally);
    if (now < best - 1e-9) best = now;
    else back();
  };
  const exchange = (i: number, j: number) => {
    const old = splits[i];
    assign(i, splits[j]);
    assign(j, old);
  };

  for (let round = 0, before = Number.POSITIVE_INFINITY; round < MAX_ROUNDS && best < before; round++) {
    before = best;
    for (let i = 0; i < open.length; i++) {
      for (const split of SPLITS) {
        const old = splits[i];
        consider(
          () => assign(i, split),
          () => assign(i, old),
        );
      }
      for (let j = i + 1; j < open.length; j++) {
        if (splits[i] === splits[j]) continue;
        consider(
          () => exchange(i, j),
          () => exchange(i, j),
        );
      }
    }
  }
  return new Map(open.map(({ id }, i) => [id, splits[i]]));
}

/** Slices and datasets of one class in each split. */
type Tally = { slices: Record<Split, number>; datasets: Record<Split, number> }[];

/** All classes of the counts, in an order that does not depend on that of the candidates. */
function classesOf(candidates: readonly SplitCandidate[]): string[] {
  const ids = new Set(candidates.flatMap(({ counts }) => Object.keys(counts)));
  ids.delete('other');
  return [...ids].sort();
}

function emptyTally(classes: readonly string[]): Tally {
  const zero = () => ({ train: 0, validate: 0, test: 0 });
  return classes.map(() => ({ slices: zero(), datasets: zero() }));
}

function count(tally: Tally, classes: readonly string[], counts: Counts, split: Split, sign: 1 | -1): void {
  classes.forEach((id, i) => {
    const slices = counts[id] ?? 0;
    if (slices === 0) return;
    tally[i].slices[split] += sign * slices;
    tally[i].datasets[split] += sign;
  });
}

/** Cost: missing classes, and the distance of the shares from the target. */
function cost(tally: Tally): number {
  let sum = 0;
  for (const { slices, datasets } of tally) {
    const total = slices.train + slices.validate + slices.test;
    if (total === 0) continue;
    for (const split of SPLITS) {
      for (const worth of WORTH[split].slice(datasets[split])) sum += worth;
      sum += Math.abs(slices[split] / total - SHARE[split]);
    }
  }
  return sum;
}

/** Sorted by name, then shuffled by the seed. */
function shuffled(candidates: readonly SplitCandidate[], seed: number): SplitCandidate[] {
  const byName = [...candidates].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const order = random(seed).shuffle(Uint32Array.from(byName.keys()));
  return Array.from(order, (i) => byName[i]);
}
