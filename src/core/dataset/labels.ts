/** The label of a slice at ingest: from its DICOM Modality, else from a folder name. */
import { labelOfModality } from '../dicom/series.ts';
import type { Label, LabelSource, Modality } from '../types.ts';

/**
 * A present Modality decides, even if it maps to `other` (RTDOSE, US, and OT, which captures have): a folder labels
 * only files without one. `known` is false if neither gives a label.
 * @param tag as returned by `modalityCode`
 */
export function labelOf(
  tag: string | null,
  folder: Modality | null,
  labelMap: Readonly<Record<string, Label>>,
): { label: Label; source: LabelSource; known: boolean } {
  if (tag !== null) return { label: labelOfModality(tag, labelMap), source: 'tag', known: true };
  return { label: folder ?? 'other', source: 'folder', known: folder !== null };
}
