/** Which label a slice gets at ingest: from its DICOM Modality, else from a folder's name. */
import { labelOfModality } from '../dicom/series.ts';
import type { Label, LabelSource, Modality } from '../types.ts';

/**
 * A Modality that is written decides, also where it maps to `other` (RTDOSE, US, and OT, which captures have): a
 * folder labels only files that say nothing. `known` is false where neither says anything.
 * @param tag as `modalityCode` gives it
 */
export function labelOf(
  tag: string | null,
  folder: Modality | null,
  labelMap: Readonly<Record<string, Label>>,
): { label: Label; source: LabelSource; known: boolean } {
  if (tag !== null) return { label: labelOfModality(tag, labelMap), source: 'tag', known: true };
  return { label: folder ?? 'other', source: 'folder', known: folder !== null };
}
