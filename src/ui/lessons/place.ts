/** Which lesson an address has open, and where: `3.2` is the second step of lesson 3, its last one the question. */
import type { Lesson } from './lesson.ts';

/** Null where the address names no lesson; a step that isn't there is the first. */
export function placeOf(
  address: string | undefined,
  lessons: readonly Lesson[],
): { lesson: Lesson; step: number } | null {
  const [id, number = '1'] = (address ?? '').split('.');
  const lesson = lessons.find((one) => one.id === id);
  if (!lesson) return null;
  const step = Number(number) - 1;
  return { lesson, step: Number.isInteger(step) && step >= 0 && step <= lesson.steps.length ? step : 0 };
}
