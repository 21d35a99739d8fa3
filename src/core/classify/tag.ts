/** The class that a series' own header names, to be compared with a verdict. */
import { classAt, type LabelSet } from '../labels/labelSet.ts';
import { propose } from '../labels/propose.ts';
import type { SeriesFacts } from '../types.ts';

/** Stands for a header that names none of the classes; no class has this id. */
const OTHER = 'other';

/** Id of a class, `other`, or null if the header says nothing. */
export function tagOf(facts: SeriesFacts, set: LabelSet): string | null {
  const { label, source } = propose({ ...facts, folders: [] }, set);
  return source === 'none' ? null : (classAt(set, label)?.id ?? OTHER);
}
