/** Commands that change how verdicts are read: when a series is unknown, and how often a tag is wrong. */
import { COVERAGES, TAG_ERROR_RATES, type VerdictRule } from '../core/classify/assess.ts';
import type { Context } from './context.ts';

export type VerdictRuleActions = {
  /** What is out of its range is brought into it. */
  setVerdictRule(change: Partial<VerdictRule>): void;
};

export function createVerdictRuleCommands({ set }: Pick<Context, 'set'>): VerdictRuleActions {
  return {
    setVerdictRule: (change) =>
      set(({ verdictRule }) => {
        const { coverage, tagErrorRate } = { ...verdictRule, ...change };
        return {
          verdictRule: {
            coverage: between(coverage, ...COVERAGES),
            tagErrorRate: between(tagErrorRate, ...TAG_ERROR_RATES),
          },
        };
      }),
  };
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
