/** What a project's practice files were made of, as this browser remembers it. */
import type { PracticeChoices } from '../core/simulate/choices.ts';
import { EDITION } from '../core/simulate/edition.ts';
import { readPreference, writePreference } from './preferences.ts';

/** `whole`: all of it was read once. `edition`: that of the simulation that made it. */
export type PracticeAddition = { choices: PracticeChoices; whole: boolean; edition: number };

/** Those that can be made again: others made other pictures of the same choices. */
export function additionsOf(project: string): PracticeAddition[] {
  try {
    const stored: unknown = JSON.parse(readPreference(`practice:${project}`) ?? '[]');
    // Before there were editions, the choices of the last one stood alone.
    if (!Array.isArray(stored)) return [];
    return (stored as PracticeAddition[]).filter(({ edition }) => edition === EDITION);
  } catch {
    return [];
  }
}

export function keepAdditions(project: string, additions: readonly PracticeAddition[]): void {
  writePreference(`practice:${project}`, JSON.stringify(additions));
}

/** The list with one more, or with the same one changed. */
export function withAddition(
  additions: readonly PracticeAddition[],
  choices: PracticeChoices,
  whole: boolean,
): PracticeAddition[] {
  const own = JSON.stringify(choices);
  const known = additions.find((one) => JSON.stringify(one.choices) === own);
  if (!known) return [...additions, { choices, whole, edition: EDITION }];
  return additions.map((one) => (one === known ? { ...one, whole: whole || one.whole } : one));
}
