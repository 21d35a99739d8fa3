/** Deals units to folds so that each fold gets its share of every class. */
import { random } from '../../random.ts';
import type { Unit } from './protocol.ts';

/**
 * The rarest class first, each unit by its largest class, largest units first: to the fold that has the fewest units of
 * the class, then the fewest of its slices, then the fewest of all. The seed decides among equal units.
 */
export function dealByClass(units: readonly Unit[], folds: number, seed: number): Map<string, number> {
  const sorted = [...units].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const order = Array.from(random(seed).shuffle(Uint32Array.from(sorted.keys())), (i) => sorted[i]);
  const main = new Map(order.map((unit) => [unit, largest(unit.counts)]));
  const sizes = new Map<number, number>();
  for (const of of main.values()) sizes.set(of, (sizes.get(of) ?? 0) + 1);
  const slices = (unit: Unit) => unit.counts.reduce((sum, n) => sum + n, 0);
  order.sort((a, b) => {
    const [x, y] = [main.get(a)!, main.get(b)!];
    return sizes.get(x)! - sizes.get(y)! || x - y || slices(b) - slices(a);
  });
  const held = Array.from({ length: folds }, () => ({
    units: new Map<number, number>(),
    slices: new Map<number, number>(),
    all: 0,
  }));
  const found = new Map<string, number>();
  for (const unit of order) {
    const of = main.get(unit)!;
    const rank = (i: number) => [held[i].units.get(of) ?? 0, held[i].slices.get(of) ?? 0, held[i].all];
    let best = 0;
    for (let i = 1; i < folds; i++) if (less(rank(i), rank(best))) best = i;
    found.set(unit.id, best);
    const fold = held[best];
    fold.units.set(of, (fold.units.get(of) ?? 0) + 1);
    fold.all += slices(unit);
    for (const [label, n] of unit.counts.entries()) fold.slices.set(label, (fold.slices.get(label) ?? 0) + n);
  }
  return found;
}

function less(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at] < b[at];
}

/** The class with most slices; −1 without any. */
function largest(counts: readonly number[]): number {
  let best = -1;
  counts.forEach((n, label) => {
    if (n > 0 && (best < 0 || n > counts[best])) best = label;
  });
  return best;
}
