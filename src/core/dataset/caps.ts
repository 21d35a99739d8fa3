/** Caps: the most slices of a class that each dataset gives, so that a few giants do not dwarf all others. */

import type { LabelSet } from '../labels/labelSet.ts';
import type { Counts } from '../types.ts';

export type Caps = {
  /** Another seed draws other slices. */
  seed: number;
  /** The most slices of each dataset, by the id of their class; a class that is absent has no cap. */
  slices: Readonly<Record<string, number>>;
};

export const CAP_SEED = 1;

/**
 * The paper's, section "Datasets": 50,000 CT and 100,000 MR images. It took the first of each list, which are the first
 * patients; here they are drawn.
 */
export const PAPER_CAPS: Caps = { seed: CAP_SEED, slices: { CT: 50_000, MR: 100_000 } };

/** The largest cap that can be set. */
export const MOST_CAP = 100_000_000;

/** The cap of each class of a column of labels: Infinity without one. */
export function capsOf(caps: Caps | null | undefined, classes: readonly string[]): number[] {
  return classes.map((id) =>
    caps && Object.hasOwn(caps.slices, id) ? caps.slices[id] : Number.POSITIVE_INFINITY,
  );
}

/** What caps leave of a dataset's slices; the draw takes exactly so many. */
export function cappedCount(caps: Caps | null, label: string, slices: number): number {
  return Math.min(slices, capsOf(caps, [label])[0]);
}

/** Of every class. */
export function cappedCounts(caps: Caps | null, counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).map(([id, n]) => [id, cappedCount(caps, id, n)]));
}

/** null: they cap no class. */
export function tidyCaps({ seed, slices }: Caps): Caps | null {
  const set = Object.entries(slices).filter(([, most]) => Number.isFinite(most));
  return set.length > 0
    ? { seed, slices: Object.fromEntries(set.sort(([a], [b]) => (a < b ? -1 : 1))) }
    : null;
}

/** How slices are drawn, and why so. */
export const CAP_RULE =
  'The draw takes equally many slices of each series, evenly spread within it, and turns among patients: neighbouring slices and series of one patient are much alike, so that the first of a list would show less.';

/** One sentence. */
export function capWords(caps: Caps | null, set: Pick<LabelSet, 'classes'>): string {
  const parts = caps ? capList(caps, set) : [];
  if (!caps || parts.length === 0) return 'Every dataset gives all its slices.';
  const listed = [parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ');
  return `Each dataset gives at most ${listed} slices, drawn with seed ${caps.seed}.`;
}

/** Such as "50,000 CT", in the order of the set. */
export function capList({ slices }: Caps, { classes }: Pick<LabelSet, 'classes'>): string[] {
  const capped = classes.filter(({ id }) => Object.hasOwn(slices, id));
  return capped.map(({ id, name }) => `${slices[id].toLocaleString('en')} ${name}`);
}

export function sameCaps(a: Caps | null, b: Caps | null): boolean {
  const text = (caps: Caps | null) => JSON.stringify(caps && tidyCaps(caps));
  return text(a) === text(b);
}
