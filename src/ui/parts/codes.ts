/** DICOM's Modality in words: a defined term stands for itself. */
import { UNLISTED } from '../../core/dicom/modalityCode.ts';

/** @param code the stored code */
export function codeWords(code: string | null): string {
  if (code === null) return 'no Modality';
  return code === UNLISTED ? 'a Modality that DICOM doesn’t define' : code;
}

/** The text of a chip of a slice in no class: its Modality, if DICOM defines it. */
export function otherText(label: string, code: string | null): { text?: string } {
  return label === 'other' && code !== null && code !== UNLISTED ? { text: code } : {};
}
