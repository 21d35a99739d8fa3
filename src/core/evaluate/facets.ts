/** What slices can be told apart by, one line each: the table of accuracies is made for any of them. */
import type { SeriesFacts } from '../types.ts';
import type { Subjects } from './clusters.ts';
import type { Predictions } from './confusion.ts';
import { type GroupScore, groupScores } from './groups.ts';

/** A slice's series and dataset. */
export type Faceted = { facts: SeriesFacts; dataset: { name: string; location: string } };

/** `of` gives the words of the table; null where a file says nothing. */
export type Facet = { label: string; of(slice: Faceted): string | null };

export const FACETS = {
  dataset: { label: 'Dataset', of: ({ dataset }) => dataset.name },
  location: { label: 'Location', of: ({ dataset }) => dataset.location || null },
  manufacturer: { label: 'Manufacturer', of: ({ facts }) => facts.manufacturer },
  format: { label: 'Format', of: ({ facts }) => facts.format },
  size: { label: 'Image size', of: ({ facts }) => sizeOf(facts) },
} as const satisfies Record<string, Facet>;

export type FacetName = keyof typeof FACETS;

export const FACET_NAMES = Object.keys(FACETS) as FacetName[];

export function isFacet(name: string | undefined): name is FacetName {
  return name !== undefined && Object.hasOwn(FACETS, name);
}

/** Longer side in pixels. Every size by itself would be hundreds of rows: radiographs are cropped by hand. */
const SIZES = [64, 128, 256, 512, 1024, 2048];

function sizeOf({ rows, columns }: SeriesFacts): string {
  const longer = Math.max(rows, columns);
  const at = SIZES.findIndex((size) => longer <= size);
  if (at < 0) return `over ${SIZES.at(-1)} px`;
  return at === 0 ? `up to ${SIZES[0]} px` : `${SIZES[at - 1] + 1} to ${SIZES[at]} px`;
}

export type FacetScore = GroupScore & { value: string | null };

/** As `groupScores`. @param slices by slice */
export function* facetScores(
  predictions: Predictions,
  labels: readonly string[],
  slices: readonly Faceted[],
  facet: FacetName,
  subjects: Subjects,
): Generator<undefined, FacetScore[]> {
  const numbers = new Map<string | null, number>();
  const groupOf = slices.map((slice) => {
    const value = FACETS[facet].of(slice);
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  const values = [...numbers.keys()];
  const scores = yield* groupScores(predictions, labels, groupOf, subjects);
  return scores.map((score) => ({ ...score, value: values[score.group] }));
}
