/** Which model judges: that of a run, or the starter that comes with the app. */

export type ModelChoice = { kind: 'run'; id: string } | { kind: 'starter' };

export const STARTER: ModelChoice = { kind: 'starter' };

export function runChoice(id: string): Extract<ModelChoice, { kind: 'run' }> {
  return { kind: 'run', id };
}

/** null: the starter, or no model. */
export function runIn(choice: ModelChoice | null | undefined): string | null {
  return choice?.kind === 'run' ? choice.id : null;
}

export function isSameModel(a: ModelChoice | null | undefined, b: ModelChoice | null | undefined): boolean {
  return a?.kind === b?.kind && runIn(a) === runIn(b);
}
