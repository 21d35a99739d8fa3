/** Which label a slice gets at ingest: from its DICOM Modality, else from a folder's name. */
import { labelOfModality } from '../dicom/series.ts';
import { type Label, type LabelSource, MODALITIES, type Modality } from '../types.ts';

/** The modality that a folder of exactly this name (in any case) stands for. */
export function folderModality(name: string): Modality | null {
  const upper = name.toUpperCase();
  return MODALITIES.find((modality) => modality === upper) ?? null;
}

/**
 * The tag decides unless it maps to `other` (or is absent) and a folder says otherwise.
 * `known` is false where neither says anything.
 */
export function labelOf(
  tag: string | null,
  folder: Modality | null,
  labelMap: Readonly<Record<string, Label>>,
): { label: Label; source: LabelSource; known: boolean } {
  const mapped = labelOfModality(tag ?? '', labelMap);
  if (mapped !== 'other') return { label: mapped, source: 'tag', known: true };
  if (folder) return { label: folder, source: 'folder', known: true };
  return tag
    ? { label: 'other', source: 'tag', known: true }
    : { label: 'other', source: 'folder', known: false };
}
