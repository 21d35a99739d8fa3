/** Compares the verdict from the pixels with the DICOM tag. */
import type { TagState } from './verdict.ts';

/**
 * @param tag as of `tagOf`
 * @param verdict null if no model judged: then a tag that names a class can't be compared, and the result is null
 * @param labels ids of the set's classes
 */
export function tagState(
  tag: string | null,
  verdict: string | null,
  labels: readonly string[],
): TagState | null {
  if (tag === null) return 'absent';
  if (!labels.includes(tag)) return 'none-of-the-four';
  if (verdict === null) return null;
  return tag === verdict ? 'agrees' : 'differs';
}

/** Whether tag and verdict contradict each other. */
export function disagrees(state: TagState | null): boolean {
  return state === 'differs' || state === 'none-of-the-four';
}
