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
