/** From DICOM's Modality to a label, and the objects that hold no image. */
import type { Label } from '../types.ts';

/**
 * The paper's map: CR, DX and MG are XR; everything else is `other`. RG, IO and PX are projection X-rays too,
 * XA and RF are moving ones: the paper had none, so a project adds them where it wants them.
 */
export const DEFAULT_LABEL_MAP: Readonly<Record<string, Label>> = {
  CT: 'CT',
  MR: 'MR',
  PT: 'PT',
  CR: 'XR',
  DX: 'XR',
  MG: 'XR',
};

/** Whole values only: "CTPT" is neither CT nor PT. */
export function labelOfModality(modality: string, map: Readonly<Record<string, Label>>): Label {
  return Object.hasOwn(map, modality) ? map[modality] : 'other';
}

/** SOP classes (PS3.4 B.5) and what is below them. */
const WITHOUT_IMAGE: readonly (readonly [root: string, kind: string])[] = [
  ['1.2.840.10008.1.3.10', 'directory'],
  ['1.2.840.10008.5.1.4.1.1.104', 'document'],
  ['1.2.840.10008.5.1.4.1.1.11', 'presentation state'],
  ['1.2.840.10008.5.1.4.1.1.481.3', 'RT structure set'],
  ['1.2.840.10008.5.1.4.1.1.481.5', 'RT plan'],
  ['1.2.840.10008.5.1.4.1.1.481.8', 'RT plan'],
  ['1.2.840.10008.5.1.4.1.1.66.4', 'segmentation'],
  ['1.2.840.10008.5.1.4.1.1.66', 'raw data or registration'],
  ['1.2.840.10008.5.1.4.1.1.88.59', 'key object selection'],
  ['1.2.840.10008.5.1.4.1.1.88', 'structured report'],
  ['1.2.840.10008.5.1.4.1.1.9', 'waveform'],
];

/** What an object without an image is, in words; null for images and unknown classes. */
export function kindWithoutImage(sopClass: string): string | null {
  return WITHOUT_IMAGE.find(([root]) => sopClass === root || sopClass.startsWith(`${root}.`))?.[1] ?? null;
}
