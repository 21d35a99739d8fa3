/** The body locations of a dataset by class, read from its text, else from its DICOM headers. */
import type { LabelSet } from '../labels/labelSet.ts';
import type { ClassMix } from './mix.ts';

/** By id of the class; a class without a known location is absent. Lower case. */
export type ClassLocations = Readonly<Record<string, readonly string[]>>;

/**
 * Reads "head, chest (CT); breast (MR)": commas separate locations, semicolons groups, and the name of a class in
 * brackets at the end of a group restricts it to that class. Other words in brackets are remarks. Classes that the text
 * says nothing of take the body parts that their headers state.
 */
export function locationsOf(
  text: string,
  mix: readonly ClassMix[],
  { classes }: Pick<LabelSet, 'classes'>,
): ClassLocations {
  const groups = text.split(';').map((group) => {
    const qualifier = /\(([^()]*)\)\s*$/.exec(group)?.[1].trim().toLowerCase();
    const of = classes.find(({ id, name }) =>
      [id, name].some((word) => word.toLowerCase() === qualifier),
    )?.id;
    const names = group
      .replace(/\([^()]*\)/g, '')
      .split(',')
      .map(tidied)
      .filter((name) => name !== '');
    return { of, names };
  });
  const found: Record<string, readonly string[]> = {};
  for (const { id } of classes) {
    const own = mix.filter((one) => one.label === id);
    if (own.length === 0) continue;
    const said = groups.filter(({ of }) => of === undefined || of === id).flatMap(({ names }) => names);
    const parts = own.flatMap(({ bodyPart }) => (bodyPart === null ? [] : [tidied(bodyPart)]));
    const names = [...new Set(said.length > 0 ? said : parts)].filter((name) => name !== '').sort();
    if (names.length > 0) found[id] = names;
  }
  return found;
}

function tidied(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
