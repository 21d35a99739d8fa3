/** Shapes as rows of numbers, as compiled code reads them (src/core/simulate/wasm/shapes.ts). */
import type { Shape } from './shape.ts';

/** The compiled code knows kinds by their places here. */
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

/** Numbers under way, and the shapes that have no form, which compiled code asks for. */
export type Layout = { words: number[]; asked: Shape[]; places: Map<Shape, number> };

export const emptyLayout = (): Layout => ({ words: [], asked: [], places: new Map() });

/**
 * Writes a shape behind those it is made of, once: kind, count of parts, their places, its own numbers.
 * @returns its place among the numbers
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
