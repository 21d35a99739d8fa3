/** The classes of a label set as pages show them. */
import type { LabelClass, LabelSet } from '../../core/labels/labelSet.ts';

export type ShownClass = { id: string; name: string; colour: string };

/** Of slices in no class: kept and shown, never trained on. */
export const NO_SHOWN_CLASS: ShownClass = { id: 'other', name: 'other', colour: 'var(--other)' };

/** The class of that id: of the first set that has one. */
export function shownClass(id: string, sets: readonly Pick<LabelSet, 'classes'>[]): LabelClass | null {
  for (const { classes } of sets) {
    const found = classes.find((one) => one.id === id);
    if (found) return found;
  }
  return null;
}

/** The set's classes in its order, slices in none of them last. */
export function shownClasses({ classes }: Pick<LabelSet, 'classes'>): ShownClass[] {
  return [...classes, NO_SHOWN_CLASS];
}

/** The class of an id; an id that the set does not have stands for itself. */
export function classOfSet({ classes }: Pick<LabelSet, 'classes'>, id: string): ShownClass {
  return classes.find((one) => one.id === id) ?? { ...NO_SHOWN_CLASS, id, name: id };
}

/** Their names in a sentence; of many classes only how many. */
export function classesWords({ classes }: Pick<LabelSet, 'classes'>): string {
  const names = classes.map(({ name }) => name);
  if (names.length > 8) return `${names.length} classes`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
