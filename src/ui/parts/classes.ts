/** The classes of a label set as pages show them. */
import type { LabelSet } from '../../core/labels/labelSet.ts';

export type ShownClass = { id: string; name: string; colour: string };

/** Of slices in no class: kept and shown, never trained on. */
export const NO_SHOWN_CLASS: ShownClass = { id: 'other', name: 'no label', colour: 'var(--other)' };

/** The set's classes in its order, slices in none of them last. */
export function shownClasses({ classes }: Pick<LabelSet, 'classes'>): ShownClass[] {
  return [...classes, NO_SHOWN_CLASS];
}

/** The class of an id; an id that the set does not have stands for itself. */
export function classOfSet({ classes }: Pick<LabelSet, 'classes'>, id: string): ShownClass {
  return classes.find((one) => one.id === id) ?? { ...NO_SHOWN_CLASS, id, name: id };
}
