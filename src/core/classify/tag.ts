/** The class that a series' own header names, to be compared with a verdict. */
import { labelOfModality } from '../dicom/series.ts';
import { classAt, type LabelSet } from '../labels/labelSet.ts';
import { propose } from '../labels/propose.ts';
import { isDefaultSet } from '../train/labelSetOf.ts';
import type { Label, SeriesFacts } from '../types.ts';

/** Stands for a header that names none of the classes; no class has this id. */
const OTHER = 'other';

/**
 * Id of a class, `other`, or null if the header says nothing.
 * @param labelMap DICOM Modality → class of the default set, as at ingest
 */
export function tagOf(
  facts: SeriesFacts,
  set: LabelSet,
  labelMap: Readonly<Record<string, Label>>,
): string | null {
  if (isDefaultSet(set)) {
    return facts.modalityTag === null ? null : labelOfModality(facts.modalityTag, labelMap);
  }
  const { label, source } = propose(facts, set);
  return source === 'none' ? null : (classAt(set, label)?.id ?? OTHER);
}
