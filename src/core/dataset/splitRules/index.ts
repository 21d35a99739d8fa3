/** The registry of rules that a split should keep; the Data page, the report and the tests read it. */
import type { LabelSet } from '../../labels/labelSet.ts';
import { type HeatClass, heatOf, type SplitRow } from '../heat.ts';
import { dominated } from './dominated.ts';
import { format } from './format.ts';
import { location } from './location.ts';
import { missing } from './missing.ts';
import type { SplitRule } from './rule.ts';

/** The gravest first. */
export const SPLIT_RULES: readonly SplitRule[] = [missing, dominated, location, format];

export type SplitWarning = { rule: string; class: string; text: string };

export function splitWarnings(classes: readonly HeatClass[]): SplitWarning[] {
  return SPLIT_RULES.flatMap(({ name, find }) => find(classes).map((found) => ({ rule: name, ...found })));
}

export function warningsOf(rows: readonly SplitRow[], set: LabelSet): SplitWarning[] {
  return splitWarnings(heatOf(rows, set));
}
