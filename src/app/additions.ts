/** The choices behind a project's practice files, as stored in this browser. */
import type { PracticeChoices } from '../core/simulate/choices.ts';
import { EDITION } from '../core/simulate/edition.ts';
import { readPreference, writePreference } from './preferences.ts';

/** `whole`: all of it was read once. `edition`: the simulation's edition that made it. */
export type PracticeAddition = { choices: PracticeChoices; whole: boolean; edition: number };

/** Additions that can be made again: another edition makes other pictures of the same choices. */
export function additionsOf(project: string): PracticeAddition[] {
  try {
    const stored: unknown = JSON.parse(readPreference(`practice:${project}`) ?? '[]');
    // Before editions existed, the choices of the last addition were stored alone.
    if (!Array.isArray(stored)) return [];
    return (stored as PracticeAddition[]).filter(({ edition }) => edition === EDITION);
  } catch {
    return [];
  }
}

export function keepAdditions(project: string, additions: readonly PracticeAddition[]): void {
  writePreference(`practice:${project}`, JSON.stringify(additions));
}

/** The list with one addition added or replaced. */
export function withAddition(
  additions: readonly PracticeAddition[],
  choices: PracticeChoices,
  whole: boolean,
): PracticeAddition[] {
  const key = JSON.stringify(choices);
  const known = additions.find((one) => JSON.stringify(one.choices) === key);
  if (!known) return [...additions, { choices, whole, edition: EDITION }];
  return additions.map((one) => (one === known ? { ...one, whole: whole || one.whole } : one));
}
