/** How what the pixels say stands to what the DICOM tag says. */
import type { TagState } from '../protocol.ts';
import type { Label, Modality } from '../types.ts';

export function tagState(tag: Label | null, verdict: Modality): TagState {
  if (tag === null) return 'absent';
  if (tag === 'other') return 'none-of-the-four';
  return tag === verdict ? 'agrees' : 'differs';
}

/** Whether tag and verdict can't both be right. */
export function disagrees(state: TagState): boolean {
  return state === 'differs' || state === 'none-of-the-four';
}
