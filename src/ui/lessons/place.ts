/** The lesson and step of an address: `3.2` is the second step of lesson 3; the last step is the question. */
import type { Lesson } from './lesson.ts';

/** null if the address names no lesson; an unknown step becomes the first. */
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
