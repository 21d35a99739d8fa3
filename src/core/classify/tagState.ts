/** Compares the verdict from the pixels with the DICOM tag. */

import type { Label, Modality } from '../types.ts';
import type { TagState } from './verdict.ts';

/** @param verdict null if no model judged: then a tag of the four classes can't be compared, and the result is null */
export function tagState(tag: Label | null, verdict: Modality | null): TagState | null {
  if (tag === null) return 'absent';
  if (tag === 'other') return 'none-of-the-four';
  if (verdict === null) return null;
  return tag === verdict ? 'agrees' : 'differs';
}

/** Whether tag and verdict contradict each other. */
export function disagrees(state: TagState | null): boolean {
  return state === 'differs' || state === 'none-of-the-four';
}
