/** How what the pixels say stands to what the DICOM tag says. */

import type { Label, Modality } from '../types.ts';
import type { TagState } from './verdict.ts';

/** @param verdict null where no model judged: then a tag of the four has nothing to agree with, and the answer is null */
export function tagState(tag: Label | null, verdict: Modality | null): TagState | null {
  if (tag === null) return 'absent';
  if (tag === 'other') return 'none-of-the-four';
  if (verdict === null) return null;
  return tag === verdict ? 'agrees' : 'differs';
}

/** Whether tag and verdict can't both be right. */
export function disagrees(state: TagState | null): boolean {
  return state === 'differs' || state === 'none-of-the-four';
}
