/** Shapes as rows of numbers in the layout that the compiled code reads (src/core/simulate/wasm/shapes.ts). */
import type { Shape } from './shape.ts';

/** The compiled code identifies a kind by its index in this list. */
const KINDS = [
  'asked',
  'everywhere',
  'half',
  'ellipsoid',
  'block',
  'drum',
  'segment',
  'flat',
  'polar',
  'cushion',
  'union',
  'blend',
  'meet',
  'soften',
  'without',
  'grow',
  'place',
  'rough',
  'vertebra',
  'plate',
  'raised',
  'wedge',
] as const;

/** The parts of a shape: its own numbers, and other shapes. */
export type Form = {
  kind: Exclude<(typeof KINDS)[number], 'asked'>;
  numbers?: ArrayLike<number>;
  of?: readonly Shape[];
};

/** Numbers one after the other, in memory that grows. */
export type Words = { values: Float64Array; length: number };

/** The numbers so far, and the shapes without a form. The compiled code calls back for their distances. */
export type Layout = { words: Words; asked: Shape[]; places: Map<Shape, number> };

export const emptyLayout = (): Layout => ({
  words: { values: new Float64Array(4096), length: 0 },
  asked: [],
  places: new Map(),
});

/**
 * Writes a shape once, after its parts: kind, count of parts, indices of the parts, its own numbers.
 * @returns the index of the shape among the numbers
 */
export function layOut(shape: Shape, layout: Layout): number {
  const { words, asked, places } = layout;
  const known = places.get(shape);
  if (known !== undefined) return known;
  const { form } = shape;
  const parts = (form?.of ?? []).map((part) => layOut(part, layout));
  const place = words.length;
  places.set(shape, place);
  append(words, [KINDS.indexOf(form?.kind ?? 'asked'), parts.length]);
  append(words, parts);
  append(words, form ? (form.numbers ?? []) : [asked.push(shape) - 1]);
  return place;
}

export function append(words: Words, numbers: ArrayLike<number>): void {
  const end = words.length + numbers.length;
  if (end > words.values.length) {
    const { values } = words;
    words.values = new Float64Array(2 * end);
    words.values.set(values);
  }
  words.values.set(numbers, words.length);
  words.length = end;
}

/** The numbers themselves. */
export function wordsOf({ values, length }: Words): Float64Array {
  return values.subarray(0, length);
}
