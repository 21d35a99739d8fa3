/** The class that a series' own header names, to be compared with a verdict. */
import { storageClass } from '../dicom/storageClass.ts';
import { classAt, type LabelSet, NO_CLASS } from '../labels/labelSet.ts';
import { classOfValue, propose } from '../labels/propose.ts';
import type { SeriesFacts } from '../types.ts';

/** Stands for a header that names none of the classes; no class has this id. */
const OTHER = 'other';

/**
 * Id of a class, `other`, or null if the header says nothing. A class of object that implies a Modality of no class, as
 * ultrasound does, says `other` whatever the Modality is.
 */
export function tagOf(facts: SeriesFacts, set: LabelSet, objectClass: string | null = null): string | null {
  const implied = storageClass(objectClass)?.modality ?? null;
  if (implied !== null && namesModality(set) && classOfValue(set, 'Modality', implied) === NO_CLASS)
    return OTHER;
  const { label, source } = propose({ ...facts, folders: [] }, set);
  return source === 'none' ? null : (classAt(set, label)?.id ?? OTHER);
}

function namesModality({ classes }: LabelSet): boolean {
  return classes.some(({ dicom }) => dicom.some(({ attribute }) => attribute === 'Modality'));
}
