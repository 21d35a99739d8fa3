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
] as const;

/** The parts of a shape: its own numbers, and other shapes. */
export type Form = {
  kind: Exclude<(typeof KINDS)[number], 'asked'>;
  numbers?: readonly number[];
  of?: readonly Shape[];
};

/** The numbers so far, and the shapes without a form. The compiled code calls back for their distances. */
export type Layout = { words: number[]; asked: Shape[]; places: Map<Shape, number> };

export const emptyLayout = (): Layout => ({ words: [], asked: [], places: new Map() });

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
  words.push(KINDS.indexOf(form?.kind ?? 'asked'), parts.length);
  append(words, parts);
  if (form) append(words, form.numbers ?? []);
  else words.push(asked.push(shape) - 1);
  return place;
}

/** Adds numbers one by one: a table may exceed the argument limit of a call. */
export function append(words: number[], numbers: ArrayLike<number>): void {
  for (let n = 0; n < numbers.length; n++) words.push(numbers[n]);
}
