/** What a project's practice files were made of, as this browser remembers it. */
import { DEFAULT_CHOICES, type PracticeChoices } from '../core/simulate/choices.ts';
import { readPreference, writePreference } from './preferences.ts';

/** `whole`: all of it was read once. */
export type PracticeAddition = { choices: PracticeChoices; whole: boolean };

export function additionsOf(project: string): PracticeAddition[] {
  try {
    const stored: unknown = JSON.parse(readPreference(`practice:${project}`) ?? '[]');
    if (Array.isArray(stored)) return stored as PracticeAddition[];
    // Earlier versions kept the choices of the last one alone.
    return [{ choices: { ...DEFAULT_CHOICES, ...(stored as Partial<PracticeChoices>) }, whole: true }];
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
  if (!known) return [...additions, { choices, whole }];
  return additions.map((one) => (one === known ? { ...one, whole: whole || one.whole } : one));
}
